"""Small middlewares, each one concern: a request id, the reader's time zone, refusals said in one place."""

import re
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

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


class refusals:  # noqa: N801  (named like the function middlewares beside it)
    """A move that a state machine refuses becomes a 409 page, in this one place."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, InvalidTransition):
            return errors.conflict(request, exception)
        return None
