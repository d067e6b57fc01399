"""The inbox, and one request with its facts and decisions."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from approvals.differences import rows
from approvals.forms.decisions import DecisionForm
from approvals.models import ApprovalRequest, PolicyCheck
from approvals.models.approval_request import ApprovalRequestQuerySet
from approvals.permissions import asked_by, denial_to_decide, denial_to_withdraw
from approvals.registry import subject_for
from approvals.risk import factor_from
from approvals.states import RequestState
from portal import counters
from portal.http import Request
from portal.models import User

SHOWN = 100


def tabs_for(user: User) -> dict[str, tuple[str, ApprovalRequestQuerySet]]:
    seen = ApprovalRequest.objects.visible_to(user)
    return {
        "mine": (_("Mine"), ApprovalRequest.objects.waiting_for(user)),
        "all": (_("All open"), seen.open()),
        "done": (_("Done"), seen.over()),
    }


def waiting_count(user: User) -> int:
    return ApprovalRequest.objects.waiting_for(user).count()


counters.register("approvals", waiting_count)


@require_safe
def request_list(request: Request) -> HttpResponse:
    """What waits for the reader, everything open, and what is over; due first, and the newest answer first."""
    now, tabs = timezone.now(), tabs_for(request.user)
    chosen = request.GET.get("tab", "mine")
    chosen = chosen if chosen in tabs else "mine"
    found = tabs[chosen][1].for_table()
    found = found.order_by("-decided_at", "-id") if chosen == "done" else found.by_due()
    shown = list(found[:SHOWN])
    context = {
        "section": "approvals",
        "tab": chosen,
        "tabs": [
            {"label": label, "url": f"?tab={key}", "current": key == chosen, "count": some.count()}
            for key, (label, some) in tabs.items()
        ],
        "requests": [(one, subject_for(one.kind).label, one.is_late(now)) for one in shown],
        "has_more": len(shown) == SHOWN,
        "now": now,
    }
    return render(request, "approvals/request_list.html", context)


@require_safe
def request_detail(request: Request, pk: int) -> HttpResponse:
    asked = get_object_or_404(ApprovalRequest.objects.visible_to(request.user).for_table(), pk=pk)
    form = DecisionForm(initial={"revision": asked.revision})
    return render(request, "approvals/request_detail.html", detail_context(request.user, asked, form))


def detail_context(user: User, asked: ApprovalRequest, form: DecisionForm, conflict: str = "") -> dict[str, Any]:
    """What the decision page shows; with `conflict`, why the answer given a moment ago was not stored."""
    subject, is_waiting = subject_for(asked.kind), asked.state == RequestState.SUBMITTED
    is_returned = asked.state == RequestState.RETURNED
    denial = denial_to_decide(user, asked) if is_waiting else None
    return {
        "section": "approvals",
        "asked": asked,
        "kind": subject.label,
        "question": str(subject.question) % {"title": asked.title},
        "differences": rows(asked.facts_before, asked.facts) if asked.revision > 1 else [],
        "decisions": decision_events(asked),
        "risk": risk_of(asked),
        "checks": checks_of(asked),
        "denial": denial,
        "may_decide": is_waiting and denial is None,
        "may_withdraw": asked.is_open and denial_to_withdraw(user, asked) is None,
        "is_late": asked.is_late(timezone.now()),
        "edit_url": subject.edit_url(asked) if is_returned and asked_by(user, asked) else "",
        "form": form,
        "conflict": conflict,
        "list_url": reverse("approvals:request_list"),
    }


def risk_of(asked: ApprovalRequest) -> dict[str, Any] | None:
    """The assessment of the present submission, its factors in the reader's language."""
    found = asked.assessments.filter(revision=asked.revision).first()
    if found is None:
        return None
    factors = [factor_from(kept) for kept in found.factors]
    return {"assessment": found, "factors": [factor for factor in factors if factor.points]}


def checks_of(asked: ApprovalRequest) -> list[PolicyCheck]:
    """What the policies said of the present submission: the latest of each."""
    rows = asked.checks.select_related("version__policy").order_by("version__policy__title", "-id")
    latest: dict[int, PolicyCheck] = {}
    for row in rows:
        latest.setdefault(row.version.policy_id, row)
    return list(latest.values())


def decision_events(asked: ApprovalRequest) -> list[dict[str, Any]]:
    """The answers so far, for the timeline."""
    tones = {"approved": ("ok", "circle-check"), "returned": ("warn", "undo-2"), "refused": ("bad", "circle-x")}
    return [
        {
            "at": decision.at,
            "title": decision.get_outcome_display(),
            "actor": decision.by,
            "reason": decision.reason,
            "tone": tones[decision.outcome][0],
            "glyph": tones[decision.outcome][1],
        }
        for decision in asked.decisions.select_related("by").order_by("-at", "-id")
    ]
