"""Who pays: the list of cost centres, kept by staff."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import paging
from portal.actions import cost_centres
from portal.edits import Stale
from portal.forms.units import CostCentreForm
from portal.htmx import redirect, render_page
from portal.http import Request
from portal.models import CostCentre
from portal.permissions import allow, denial_to_change_people, denial_to_use_console

PAGE = 50


def cost_centre_list(request: Request) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    words = request.GET.get("q", "").strip()[:80]
    context = {
        "section": "people",
        "words": words,
        "page": paging.page(
            CostCentre.objects.matching(words).for_table(), "code", size=PAGE, **paging.place(request.GET)
        ),
    }
    return render_page(request, "portal/cost_centre_list.html", context, "portal/_cost_centre_table.html")


def cost_centre_create(request: Request) -> HttpResponse:
    allow(denial_to_change_people(request.user))
    form = CostCentreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        centre = cost_centres.add(fields=form.values, by=request.user, now=timezone.now())
        messages.success(request, _("%(centre)s added.") % {"centre": centre})
        return redirect(request, "cost_centre_list")
    context = {"section": "people", "form": form}
    return render(request, "portal/cost_centre_create.html", context, status=422 if form.errors else 200)


def cost_centre_edit(request: Request, pk: int) -> HttpResponse:
    allow(denial_to_change_people(request.user))
    centre = get_object_or_404(CostCentre, pk=pk)
    form = CostCentreForm(request.POST or None, instance=centre)
    if request.method == "POST" and form.is_valid():
        try:
            cost_centres.change(centre, fields=form.values, by=request.user, now=timezone.now(), seen=form.seen_mark)
        except Stale as stale:
            form.changed_by_others(str(stale))
        else:
            messages.success(request, _("%(centre)s saved.") % {"centre": centre})
            return redirect(request, "cost_centre_list")
    context = {"section": "people", "form": form, "centre": CostCentre.objects.get(pk=pk)}
    return render(request, "portal/cost_centre_edit.html", context, status=422 if form.errors else 200)
