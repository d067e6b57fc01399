"""The routes: which stages a request goes through, by what is asked and by risk; for staff to read and set."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals import routes
from approvals.actions.routes import set_route
from approvals.forms.routes import RouteReasonForm, StageForms, group_choices, initial_of, stages_of
from approvals.models import RouteVersion
from approvals.registry import SUBJECTS
from approvals.risk import TIERS
from approvals.stage_rules import StageRules
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow, denial_to_use_console
from portal.states import InvalidTransition

GENERAL, SHOWN = "general", 30  # the name of the route for every kind in the address


@require_safe
def route_list(request: Request) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    newest = RouteVersion.objects.order_by("kind", "tier", "-number").distinct("kind", "tier")
    own = {(row.kind, row.tier): row for row in newest}
    kinds = [(routes.EVERY_KIND, GENERAL, _("Every kind without a route of its own"))]
    kinds += [(kind, kind, str(subject.label)) for kind, subject in SUBJECTS.items()]
    context = {
        "section": "approval_rules",
        "rows": [(name, label, [cell(own, kind, tier) for tier, _label in TIERS]) for kind, name, label in kinds],
        "tiers": TIERS,
    }
    return render(request, "approvals/route_list.html", context)


def cell(own: dict[tuple[str, str], RouteVersion], kind: str, tier: str) -> dict[str, Any]:
    """The stages of one kind and tier, and whether they are its own."""
    version = own.get((kind, tier))
    has_own = version is not None and bool(version.stages)
    stages = routes.stages_from(version.stages) if version is not None and has_own else ()
    if not stages and not kind:
        stages = routes.shipped(tier)
    return {"tier": tier, "stages": stages, "number": version.number if version and has_own else 0}


@require_http_methods(["GET", "HEAD", "POST"])
def route_detail(request: Request, kind: str, tier: str) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    name = routes.EVERY_KIND if kind == GENERAL else kind
    if tier not in dict(TIERS) or (name and name not in SUBJECTS):
        raise Http404
    newest, standing = routes.newest(name, tier), routes.standing(name, tier)
    number = newest.number if newest else 0
    data = request.POST if request.method == "POST" else None
    first = shown(standing.stages) if data is None else None
    forms = StageForms(data, initial=first, form_kwargs={"groups": group_choices()}, prefix="stages")
    reason = RouteReasonForm(data, initial={"seen": number})
    conflict = ""
    if data is not None and forms.is_valid() and reason.is_valid():
        try:
            set_route(name, tier, stages=stages_of(forms), by=request.user, now=timezone.now(), **reason.cleaned_data)
        except InvalidTransition as refusal:
            conflict = str(refusal)
        else:
            messages.success(request, _("It holds for what is asked from now on. Open requests keep their stages."))
            return redirect(request, "approvals:route_list")
    context = {
        "section": "approval_rules",
        "title": SUBJECTS[name].label if name else _("Every kind"),
        "tier": tier,
        "standing": standing,
        "is_own": standing.version is not None and standing.kind == name,
        "forms": forms,
        "reason": reason,
        "conflict": conflict,
        "versions": RouteVersion.objects.filter(kind=name, tier=tier).select_related("by").order_by("-number")[:SHOWN],
    }
    status = 409 if conflict else 422 if data is not None else 200
    return render(request, "approvals/route_detail.html", context, status=status)


def shown(stages: tuple[StageRules, ...]) -> list[dict[str, Any]]:
    return [initial_of(stage) for stage in stages]
