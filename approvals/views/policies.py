"""The policies, for everyone to read: they are the rules that makers live by. Staff make them and turn them down here."""

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.shortcuts import redirect as moved
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.actions import policies
from approvals.forms.policies import MilderForm, PolicyForm
from approvals.models import Policy
from approvals.models.policy import Mode
from approvals.models.policy_check import Result
from approvals.permissions_exceptions import units_to_ask_for
from approvals.permissions_policies import denial_to_keep_policies, denial_to_read_drafts
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow
from portal.states import InvalidTransition
from portal.timeline import events_of

SHOWN, LATEST = 200, 8


@require_safe
def policy_list(request: Request) -> HttpResponse:
    failing = models.Count("standings", filter=~models.Q(standings__result=Result.PASS))
    found = Policy.objects.select_related("active").annotate(failing=failing).order_by("title")[:SHOWN]
    context = {"section": "policies", "policies": found, "may_keep": denial_to_keep_policies(request.user) is None}
    return render(request, "approvals/policy_list.html", context)


@require_safe
def policy_detail(request: Request, slug: str) -> HttpResponse:
    policy = get_object_or_404(Policy.objects.select_related("active__activated_by"), slug=slug)
    return detail_page(request, policy)


def milder(policy: Policy) -> list[tuple[str, Any]]:
    """The modes less strict than the one that holds."""
    place = policies.STRICTNESS.index(Mode(policy.mode))
    return [(mode.value, mode.label) for mode in policies.STRICTNESS[:place]]


def detail_page(request: Request, policy: Policy, form: MilderForm | None = None, status: int = 200) -> HttpResponse:
    version, may_keep = policy.active, denial_to_keep_policies(request.user) is None
    sees_drafts = denial_to_read_drafts(request.user) is None
    versions = policy.versions.select_related("policy", "written_by", "activated_by")[:SHOWN] if sees_drafts else []
    choices = milder(policy)
    context = {
        "section": "policies",
        "policy": policy,
        "version": version,
        "results": version.results if version else [],
        "failing": policy.standings.exclude(result=Result.PASS).count(),
        "looked_at": policy.standings.count(),
        "versions": versions,
        "may_keep": may_keep,
        "milder": (form or MilderForm(choices=choices)) if may_keep and choices else None,
        "may_except_unit": units_to_ask_for(request.user).exists(),
        "events": events_of(policy, limit=LATEST),
    }
    return render(request, "approvals/policy_detail.html", context, status=status)


@require_safe
def policy_by_id(request: Request, pk: int) -> HttpResponse:
    """The address that the audit log keeps."""
    return moved(get_object_or_404(Policy, pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def policy_create(request: Request) -> HttpResponse:
    """Name it; its text is written on the next page."""
    allow(denial_to_keep_policies(request.user))
    form = PolicyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            policy = policies.create(by=request.user, now=timezone.now(), **form.cleaned_data)
        except InvalidTransition as refusal:
            form.add_error("slug", str(refusal))
        else:
            return redirect(request, "approvals:policy_draft_edit", policy.slug)
    context = {"section": "policies", "form": form}
    return render(request, "approvals/policy_create.html", context, status=422 if form.errors else 200)


@require_POST
def policy_mode_create(request: Request, slug: str) -> HttpResponse:
    """Make it milder at once."""
    policy = get_object_or_404(Policy.objects.select_related("active__activated_by"), slug=slug)
    allow(denial_to_keep_policies(request.user))
    form = MilderForm(request.POST, choices=milder(policy))
    if not form.is_valid():
        return detail_page(request, policy, form, status=422)
    policies.turn_down(policy, by=request.user, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("It holds from now. What it opened is looked at again."))
    return redirect(request, policy)
