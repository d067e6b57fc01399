from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from portal.context import THEMES
from portal.htmx import SeeOther

YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or the system's choice in a cookie, so the next page is right from its first byte."""
    page = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        page = "/"
    response = SeeOther(page)
    if (choice := request.POST.get("theme")) in THEMES:
        response.set_cookie("theme", choice, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    return response
