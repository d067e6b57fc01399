"""Git over HTTP: apps for their owners, templates to read. A git client knows no session: it comes with a token."""

import base64
import binascii

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from catalog.actions.marketplace import pushes, repositories, repository_tokens
from catalog.models import AppTemplate, Clone, Repository, RepositoryToken
from catalog.models.marketplace.repository_token import Scope
from catalog.permissions_marketplace import denial_to_use_repository
from catalog.templating import http_backend
from catalog.templating.http_backend import LONGEST_BODY, Answer, Asked
from catalog.templating.tree import BadTree
from portal.states import InvalidTransition

REFS, READ, PUSH = "info/refs", "git-upload-pack", "git-receive-pack"
MOST_FAILURES, FORGOTTEN_AFTER = 30, 300
METHODS = ["GET", "HEAD", "POST"]


def said(text: str, status: int) -> HttpResponse:
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)


def token_of(request: HttpRequest) -> RepositoryToken | HttpResponse:
    """The token in the password of Basic authentication; else the answer that asks for one.

    A right token is never kept out: many people share one address behind a company's proxy."""
    head = request.headers.get("Authorization", "")
    secret = ""
    if head.startswith("Basic "):
        try:
            secret = base64.b64decode(head[6:], validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            secret = ""
    token = repository_tokens.standing(secret, now=timezone.now()) if secret else None
    if token is not None:
        return token
    if secret and too_often(request):
        return said(_("Too many wrong tokens came from your address. Wait five minutes."), 429)
    answer = said(_("Use a token of the app's source page as password; any name does."), 401)
    answer["WWW-Authenticate"] = 'Basic realm="Trellis", charset="UTF-8"'
    return answer


def too_often(request: HttpRequest) -> bool:
    """Whether this wrong token is one too many from its address for this repository."""
    key = f"git:failed:{request.META.get('REMOTE_ADDR', '')}:{request.path.partition('.git/')[0][:120]}"
    cache.add(key, 0, FORGOTTEN_AFTER)
    try:
        return cache.incr(key) > MOST_FAILURES
    except ValueError:  # it was forgotten in this very moment
        return False


def wants_push(request: HttpRequest, path: str) -> bool:
    return path == PUSH or (path == REFS and request.GET.get("service") == PUSH)


def asked_by(request: HttpRequest, path: str) -> Asked:
    return Asked(
        method=request.method or "GET",
        path=path,
        query=request.META.get("QUERY_STRING", ""),
        content_type=request.META.get("CONTENT_TYPE", ""),
        encoding=request.headers.get("Content-Encoding", ""),
        protocol=request.headers.get("Git-Protocol", "")[:100],
        body=body_of(request) if request.method == "POST" else b"",
    )


def body_of(request: HttpRequest) -> bytes:
    """At most one byte more than is taken. Git sends a large push in chunks, without saying how long it is: Django then reads
    nothing, so that the server's own stream is read, when the server says that it ends with the request."""
    stream = request.META.get("wsgi.input")
    if stream is not None and not request.META.get("CONTENT_LENGTH") and request.META.get("wsgi.input_terminated"):
        return stream.read(LONGEST_BODY + 1)
    return request.read(LONGEST_BODY + 1)


def answered(answer: Answer) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.status)
    for name, value in answer.headers.items():
        response[name] = value
    return response


@csrf_exempt
@login_not_required
@require_http_methods(METHODS)
def app_git(request: HttpRequest, slug: str, path: str) -> HttpResponse:
    token = token_of(request)
    if isinstance(token, HttpResponse):
        return token
    clones = Clone.objects.select_related("app__owner", "app__second_owner", "version")
    clone = clones.filter(app__slug=slug, repository=token.repository_id).first()
    if clone is None or path not in (REFS, READ, PUSH):
        return said(_("There is no such repository, or this token is for another one."), 404)
    if denial_to_use_repository(token.by, clone.app) is not None:
        return said(_("Only the app's owners reach its source. Ask the owner."), 403)
    push = wants_push(request, path)
    if push and token.scope != Scope.WRITE:
        return said(_("This token may only read. Make one that may write on the app's source page."), 403)
    if push:
        try:
            pushes.refuse_unless_standing(clone)
        except InvalidTransition as refusal:
            return said(str(refusal), 403)
    asked = asked_by(request, path)
    if len(asked.body) > LONGEST_BODY:
        return said(_("The push is larger than 30 MB. Leave large files out."), 413)
    if path == PUSH:
        serve = lambda place: http_backend.serve(place, asked, user=token.by.email, may_push=True)  # noqa: E731
        try:
            return answered(pushes.receive(clone, serve, by=token.by, now=timezone.now()))
        except BadTree as refusal:
            return said(str(refusal), 413)
    return answered(read_only(clone.repository_id, asked, token, may_push=push))


@csrf_exempt
@login_not_required
@require_http_methods(METHODS)
def template_git(request: HttpRequest, slug: str, path: str) -> HttpResponse:
    """Whoever holds a token of any app may read what was ever published, and not what waits for its review or was refused."""
    token = token_of(request)
    if isinstance(token, HttpResponse):
        return token
    template = AppTemplate.objects.visible_to(token.by).filter(slug=slug, repository__isnull=False).first()
    if template is None or template.repository_id is None or path not in (REFS, READ):
        return said(_("There is no such template."), 404)
    if wants_push(request, path):
        return said(_("Templates are changed at the template desk, not by a push."), 403)
    with repositories.published(template) as place:
        return answered(http_backend.serve(place, asked_by(request, path), user=token.by.email, may_push=False))


def read_only(repository: int, asked: Asked, token: RepositoryToken, *, may_push: bool) -> Answer:
    with repositories.opened(Repository(pk=repository)) as place:
        return http_backend.serve(place, asked, user=token.by.email, may_push=may_push)
