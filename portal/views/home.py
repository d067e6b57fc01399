"""Home: what needs you, what is yours, what is new. People with several roles switch by tabs."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from portal import panels
from portal.htmx import redirect
from portal.http import Request
from portal.models import User
from portal.models.user import Role
from portal.start_list import steps

MAKER = "maker"
COOKIE = "home"
YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Tab:
    key: str
    label: Any
    role: Role | None

    @property
    def url(self) -> str:
        return f"?as={self.key}"


def tabs_of(user: User) -> list[Tab]:
    """Everyone is a maker; beside it the roles a person holds. An administrator sees what staff see."""
    roles = [role for role in Role if role in user.roles or (role == Role.STAFF and Role.ADMIN in user.roles)]
    shown = [role for role in roles if panels.for_role(role)]
    return [Tab(MAKER, _("Maker"), None), *(Tab(role.value, role.label, role) for role in shown)]


def home(request: Request) -> HttpResponse:
    tabs = tabs_of(request.user)
    asked = request.GET.get("as") or request.COOKIES.get(COOKIE) or tabs[:2][-1].key
    current = next((tab for tab in tabs if tab.key == asked), tabs[0])
    places = panels.places(request.user, current.role)
    context = {
        "section": "home",
        "tabs": [{"label": tab.label, "url": tab.url, "current": tab == current} for tab in tabs],
        "places": places,
        "quiet": not any(shown for _place, shown in places),
        "steps": steps() if request.user.start_list_dismissed_at is None else [],
    }
    response = render(request, "portal/home.html", context)
    if "as" in request.GET:
        response.set_cookie(
            COOKIE, current.key, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    return response


@require_POST
def start_list_dismissal_create(request: Request) -> HttpResponse:
    """Put the start list away, for good. It is nobody else's business, so no audit entry is made."""
    fresh = User.objects.filter(pk=request.user.pk, start_list_dismissed_at=None)
    fresh.update(start_list_dismissed_at=timezone.now())
    return redirect(request, "home")
