"""The policies, for everyone to read: they are the rules that makers live by."""

from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from approvals.models import Policy
from approvals.models.policy_check import Result
from approvals.permissions_exceptions import units_to_ask_for
from portal.http import Request
from portal.timeline import events_of

SHOWN, LATEST = 200, 8


@require_safe
def policy_list(request: Request) -> HttpResponse:
    failing = models.Count("standings", filter=~models.Q(standings__result=Result.PASS))
    policies = Policy.objects.select_related("active").annotate(failing=failing).order_by("title")[:SHOWN]
    return render(request, "approvals/policy_list.html", {"section": "policies", "policies": policies})


@require_safe
def policy_detail(request: Request, slug: str) -> HttpResponse:
    policy = get_object_or_404(Policy.objects.select_related("active__activated_by"), slug=slug)
    version = policy.active
    context = {
        "section": "policies",
        "policy": policy,
        "version": version,
        "results": version.results if version else [],
        "failing": policy.standings.exclude(result=Result.PASS).count(),
        "looked_at": policy.standings.count(),
        "may_except_unit": units_to_ask_for(request.user).exists(),
        "events": events_of(policy, limit=LATEST),
    }
    return render(request, "approvals/policy_detail.html", context)


@require_safe
def policy_by_id(request: Request, pk: int) -> HttpResponse:
    """The address that the audit log keeps."""
    return redirect(get_object_or_404(Policy, pk=pk))
