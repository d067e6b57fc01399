"""The tree of business units, kept by staff."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.actions import business_units
from portal.edits import Stale
from portal.forms.units import BusinessUnitForm
from portal.htmx import redirect
from portal.http import Request
from portal.models import BusinessUnit
from portal.permissions import allow, denial_to_change_people, denial_to_use_console


@dataclass
class Branch:
    unit: Any
    branches: "list[Branch]" = field(default_factory=list)


def tree() -> list[Branch]:
    """Every unit under its parent, by one query."""
    children: dict[int | None, list[BusinessUnit]] = defaultdict(list)
    for unit in BusinessUnit.objects.for_tree():
        children[unit.parent_id].append(unit)

    def grow(parent: int | None) -> list[Branch]:
        return [Branch(unit, grow(unit.pk)) for unit in children[parent]]

    return grow(None)


def unit_list(request: Request) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    return render(request, "portal/unit_list.html", {"section": "people", "branches": tree()})


def unit_create(request: Request) -> HttpResponse:
    allow(denial_to_change_people(request.user))
    form = BusinessUnitForm(request.POST or None, initial={"parent": request.GET.get("parent")})
    if request.method == "POST" and form.is_valid():
        unit = business_units.add(fields=form.values, by=request.user, now=timezone.now())
        messages.success(request, _("%(unit)s added.") % {"unit": unit})
        return redirect(request, "unit_list")
    return render(
        request, "portal/unit_create.html", {"section": "people", "form": form}, status=422 if form.errors else 200
    )


def unit_edit(request: Request, pk: int) -> HttpResponse:
    allow(denial_to_change_people(request.user))
    unit = get_object_or_404(BusinessUnit, pk=pk)
    form = BusinessUnitForm(request.POST or None, instance=unit)
    if request.method == "POST" and form.is_valid():
        try:
            business_units.change(unit, fields=form.values, by=request.user, now=timezone.now(), seen=form.seen_mark)
        except Stale as stale:
            form.changed_by_others(str(stale))
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("%(unit)s saved.") % {"unit": unit})
            return redirect(request, "unit_list")
    context = {"section": "people", "form": form, "unit": BusinessUnit.objects.get(pk=pk)}
    return render(request, "portal/unit_edit.html", context, status=422 if form.errors else 200)
