"""Answers to what went wrong: each says what happened and what to do. 500 and 503 use no database."""

import sys
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils.html import escape
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from psycopg_pool import PoolTimeout

from portal.context import THEMES
from portal.htmx import is_fragment

SECRET = ("password", "token", "code", "secret", "credential", "csrf", "otp")
NO_ROW = "matches the given query."  # what get_object_or_404 says, which is for developers
LAST_RESORT = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Error</title>"
    "<h1>Something broke on our side</h1><p>Number: {}"
)


def answer(request: HttpRequest, status: int, message: str, **context: Any) -> HttpResponse:
    """The page of `status`; a fragment request gets only the sentence, which becomes a toast."""
    if is_fragment(request):
        return HttpResponse(message, status=status, content_type="text/plain", headers={"X-Message": quote(message)})
    signed_in = getattr(getattr(request, "user", None), "is_authenticated", False)
    layout = "layouts/base.html" if signed_in else "layouts/plain.html"
    return render(
        request, f"{status}.html", {"message": message, "layout": layout, "status": status, **context}, status=status
    )


def said(exception: Exception | None, otherwise: str) -> str:
    """The sentence an exception was raised with, if it was raised with one."""
    if exception is None or not exception.args or isinstance(exception.args[0], dict):
        return otherwise
    text = str(exception)
    return otherwise if text.endswith(NO_ROW) or not text else text


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return answer(request, 400, _("The address or the form cannot be read. Go back and try again."))


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(
        request, 403, said(exception, _("Your roles do not open this page. Ask the C4E team which role you need."))
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere: nothing was saved, and what was typed is shown to be copied."""
    message = _("The form was open too long, or cookies are off. Nothing was saved.")
    response = answer(request, 400, message) if is_fragment(request) else None
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and not any(part in name.lower() for part in SECRET)
    ]
    if response is None:
        layout = "layouts/plain.html"
        context = {"message": message, "typed": typed, "layout": layout, "back": request.path}
        response = render(request, "403_csrf.html", context)
    response.status_code = 403
    return response


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    message = said(exception, _("There is no page at this address. It may have moved, or been removed."))
    words = " ".join(request.path.replace("-", " ").replace("_", " ").split("/")).strip()[:80]
    return answer(request, 404, message, words=words)


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    response = answer(
        request, 405, _("This address only takes a form. Open the page it belongs to and use its button.")
    )
    response["Allow"] = allowed
    return response


def conflict(request: HttpRequest, refusal: Exception) -> HttpResponse:
    before = request.headers.get("Referer", "")
    back = before if url_has_allowed_host_and_scheme(before, {request.get_host()}) else ""
    return answer(request, 409, str(refusal), back=back)


def too_large(request: HttpRequest) -> HttpResponse:
    megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1_048_576
    return answer(
        request, 413, _("What you sent is too large. Text may be up to %(megabytes)d MB.") % {"megabytes": megabytes}
    )


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    response = answer(request, 429, _("Too many tries in a short time. Wait a few minutes, then try again."))
    response["Retry-After"] = "300"
    return response


def is_away(error: BaseException | None) -> bool:
    """Is this the database being away, rather than a fault of ours?"""
    return isinstance(error, OperationalError | InterfaceError | PoolTimeout)


def server_error(request: HttpRequest) -> HttpResponse:
    """A page that needs neither database nor session: the id in it is in the log as well."""
    away = is_away(sys.exc_info()[1])
    kind: Any = HttpResponse if away else HttpResponseServerError
    number = getattr(request, "id", "")
    theme = request.COOKIES.get("theme", "auto")
    context = {"number": number, "theme": theme if theme in THEMES else "auto", "status": 503 if away else 500}
    html: str
    try:
        html = loader.render_to_string("503.html" if away else "500.html", context)
    except Exception:  # the page that reports faults must not have one
        html = LAST_RESORT.format(escape(number))
    response = kind(html)
    message = (
        _("The site is catching its breath. Try again in a minute.") if away else _("Something broke on our side.")
    )
    response["X-Message"] = quote(f"{message} {number}")
    if away:
        response.status_code = 503
        response["Retry-After"] = "60"
    return response
