"""One place that knows whether htmx asked: for a fragment, or for a whole page."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers


class SeeOther(HttpResponseRedirect):
    """After a POST: fetch the next page by GET."""

    status_code = 303


def is_fragment(request: HttpRequest) -> bool:
    """True when htmx swaps a part of the page; boosted links and restored history want the whole page."""
    details = getattr(request, "htmx", None)
    return details is not None and bool(details) and not details.boosted and not details.history_restore_request


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, fragment: str = "", status: int = 200
) -> HttpResponse:
    """Render `fragment` when htmx swaps a part, else the page `template`."""
    name = fragment if fragment and is_fragment(request) else template
    response = render(request, name, context or {}, status=status)
    if fragment:
        patch_vary_headers(response, ["HX-Request"])
    return response


def redirect(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Go to a page after a change: 303, or for a fragment request a page load asked of htmx."""
    url = resolve_url(to, *args, **kwargs)
    if is_fragment(request):
        return HttpResponse(headers={"HX-Redirect": url})
    return SeeOther(url)
