"""Small middlewares, each one concern: a request id, the reader's time zone, refusals said in one place."""

import re
import uuid
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone

from portal.htmx import is_fragment
from portal.states import InvalidTransition
from portal.views import errors

Handler = Callable[[HttpRequest], HttpResponse]
SAFE_ID = re.compile(r"^[A-Za-z0-9-]{8,36}$")


def request_id(get_response: Handler) -> Handler:
    """Every request, log line, audit event and error page carries one id; a well-formed X-Request-ID is kept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request.id = given if SAFE_ID.match(given) else str(uuid.uuid4())  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(request_id=request.id):  # type: ignore[attr-defined]
            response = get_response(request)
        response["X-Request-ID"] = request.id  # type: ignore[attr-defined]
        return response

    return middleware


def reader_time_zone(get_response: Handler) -> Handler:
    """Dates are shown in the reader's own zone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            with timezone.override(request.user.zone):
                return get_response(request)
        return get_response(request)

    return middleware


def ended_sessions(get_response: Handler) -> Handler:
    """htmx would swap the sign-in page into a fragment: tell it to load that page instead, and to come back after."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        if is_fragment(request) and response.status_code == 302 and response["Location"].startswith(sign_in):
            page = urlsplit(request.htmx.current_url_abs_path or "/")  # type: ignore[attr-defined]
            query = urlencode({"next": page.path + (f"?{page.query}" if page.query else "")})
            return HttpResponse(status=204, headers={"HX-Redirect": f"{sign_in}?{query}"})
        return response

    return middleware


class refusals:  # noqa: N801  (named like the function middlewares beside it)
    """A refused move becomes a 409 page, and a bare 405 a page that says so, in this one place."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            return errors.not_allowed(request, response["Allow"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, InvalidTransition):
            return errors.conflict(request, exception)
        return None
