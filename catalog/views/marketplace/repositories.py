"""The source of an app: its files, how to get it, and how edits come back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.actions.marketplace import clones, deliveries, pushes, repositories, repository_tokens
from catalog.forms.marketplace.repositories import TokenForm, UploadForm
from catalog.models import Clone, Delivery, MicroApp, RepositoryToken
from catalog.permissions_marketplace import denial_to_use_repository
from catalog.remotes import remotes
from catalog.templating import differences, git, zips
from catalog.templating.tree import BadTree
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow
from portal.states import InvalidTransition

LONGEST_FILE, COMMITS, TOKENS = 60_000, 15, 20


def own(request: Request, slug: str) -> Clone:
    """The clone behind an app, for those who may reach its source."""
    seen = MicroApp.objects.visible_to(request.user)
    clones_seen = Clone.objects.filter(app__in=seen).with_newer()
    clone = get_object_or_404(
        clones_seen.select_related("app__owner", "app__second_owner", "template", "version"), app__slug=slug
    )
    allow(denial_to_use_repository(request.user, clone.app))
    return clone


@require_safe
def source_detail(request: Request, slug: str) -> HttpResponse:
    return source_page(request, own(request, slug))


def source_page(
    request: Request,
    clone: Clone,
    *,
    secret: str = "",
    token_form: TokenForm | None = None,
    upload_form: UploadForm | None = None,
    status: int = 200,
) -> HttpResponse:
    with repositories.opened(repositories.by_number(clone.repository_id)) as path:
        tree, commits = git.read(path, git.MAIN), differences.log(path, git.MAIN, COMMITS)
    name = request.GET.get("file", "")
    file = tree.get(name)
    text = file.text if file is not None else None
    tokens = RepositoryToken.objects.standing(timezone.now()).filter(repository=clone.repository_id)
    context: dict[str, Any] = {
        "section": "clones",
        "clone": clone,
        "app": clone.app,
        "address": clones.repository_address(clone.app.slug),
        "host": settings.SITE_URL.split("://")[-1],
        "paths": [(path, len(entry.content)) for path, entry in sorted(tree.items())],
        "file": name if file is not None else "",
        "text": text[:LONGEST_FILE] if text is not None else None,
        "commits": commits,
        "tokens": tokens.select_related("by").order_by("-created_at")[:TOKENS],
        "token_form": token_form or TokenForm(),
        "upload_form": upload_form or UploadForm(),
        "secret": secret,
        "remotes": remotes(),
        "deliveries": Delivery.objects.filter(repository=clone.repository_id).select_related("by").order_by("-at")[:5],
        "may_change": clone.app.state not in pushes.OVER,
    }
    return render(request, "catalog/marketplace/source_detail.html", context, status=status)


@require_safe
def source_zip(request: Request, slug: str) -> HttpResponse:
    clone = own(request, slug)
    tree = repositories.files(repositories.by_number(clone.repository_id))
    response = HttpResponse(zips.write(tree, clone.app.slug), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{clone.app.slug}.zip"'
    return response


@require_POST
def repository_token_create(request: Request, slug: str) -> HttpResponse:
    """The secret is on the answer of this very request, and nowhere else."""
    clone, form = own(request, slug), TokenForm(request.POST)
    if not form.is_valid():
        return source_page(request, clone, token_form=form, status=422)
    try:
        _token, secret = repository_tokens.make(clone, **form.cleaned_data, by=request.user, now=timezone.now())
    except InvalidTransition as refusal:
        form.add_error("label", str(refusal))
        return source_page(request, clone, token_form=form, status=422)
    return source_page(request, clone, secret=secret)


@require_POST
def repository_token_revocation_create(request: Request, slug: str, pk: int) -> HttpResponse:
    clone = own(request, slug)
    token = get_object_or_404(RepositoryToken, pk=pk, repository=clone.repository_id)
    repository_tokens.revoke(token, clone, by=request.user, now=timezone.now())
    messages.success(request, _("The token %(label)s opens nothing any more.") % {"label": token.label})
    return redirect(request, "catalog:source_detail", clone.app.slug)


@require_POST
def delivery_create(request: Request, slug: str) -> HttpResponse:
    clone = own(request, slug)
    deliveries.ask(clone, remote=request.POST.get("remote", ""), by=request.user, now=timezone.now())
    messages.success(request, _("It is pushed in the background. Reload in a moment to see how it went."))
    return redirect(request, "catalog:source_detail", clone.app.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def source_upload_create(request: Request, slug: str) -> HttpResponse:
    """First the difference, then the change: what was uploaded is kept beside the app in between."""
    clone = own(request, slug)
    if request.method != "POST":
        return redirect(request, "catalog:source_detail", clone.app.slug)
    if commit := request.POST.get("commit", ""):
        pushes.take(clone, commit, by=request.user, now=timezone.now())
        messages.success(request, _("The source of %(app)s is changed.") % {"app": clone.app})
        return redirect(request, "catalog:source_detail", clone.app.slug)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return source_page(request, clone, upload_form=form, status=422)
    try:
        commit = pushes.upload(clone, form.cleaned_data["tree"], by=request.user, now=timezone.now())
    except BadTree as refusal:
        form.add_error("file", str(refusal))
        return source_page(request, clone, upload_form=form, status=422)
    with repositories.opened(repositories.by_number(clone.repository_id)) as path:
        patch, changes = differences.diff(path, git.MAIN, commit), differences.changes(path, git.MAIN, commit)
    context = {
        "section": "clones",
        "clone": clone,
        "app": clone.app,
        "commit": commit,
        "patch": patch,
        "changes": changes,
    }
    return render(request, "catalog/marketplace/source_upload_create.html", context)
