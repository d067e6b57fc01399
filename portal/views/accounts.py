from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal import demo_people
from portal.htmx import SeeOther


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo people by one click. Only a local demo has this address."""
    user = demo_people.find(request.POST.get("email", "")) if settings.DEMO_SIGN_IN else None
    if user is None:
        raise Http404(_("Nobody can be signed in here. Use the sign-in page."))
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    page = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return SeeOther(page if safe else "/")


@require_safe
def account_email(request: HttpRequest) -> HttpResponse:
    """Addresses belong to the company: the page says who changes them."""
    return render(request, "account/email.html", {"section": "account"})
