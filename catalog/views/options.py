"""Suggestions below a text field, as <option>s."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.http import Request
from portal.models import CostCentre, User

MOST, SHORTEST = 8, 2


@require_safe
def owner_option_list(request: Request) -> HttpResponse:
    """People and service identities whose name or address holds the words."""
    words = words_of(request)
    found = User.objects.filter(is_active=True).matching(words).order_by("name", "pk") if words else User.objects.none()
    options = [(user.email, user.name) for user in found[:MOST]]
    return render(request, "catalog/_option_list.html", {"options": options})


@require_safe
def cost_centre_option_list(request: Request) -> HttpResponse:
    """Open cost centres whose code begins with the words, or whose name holds them."""
    words = words_of(request)
    centres = CostCentre.objects.filter(is_open=True).select_related("business_unit").order_by("code")
    found = centres.filter(code__startswith=words) | centres.filter(name__icontains=words) if words else centres.none()
    options = [(centre.code, f"{centre.name}, {centre.business_unit.name}") for centre in found[:MOST]]
    return render(request, "catalog/_option_list.html", {"options": options})


def words_of(request: Request) -> str:
    """What was typed so far, in the field that the address names."""
    field = request.GET.get("field", "")
    words = request.GET.get(field, "").replace("\x00", "").strip()[:80]
    return words if len(words) >= SHORTEST else ""
