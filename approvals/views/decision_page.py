"""What the page of one request shows, put together."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from approvals import rules
from approvals.actions import stages
from approvals.actions.conditions import denial_to_confirm
from approvals.actions.fast_lane import obstacles_of
from approvals.differences import rows
from approvals.forms.comments import CommentForm
from approvals.forms.decisions import DecisionForm, HandOnForm, OverrideForm
from approvals.forms.fast_lane import VerdictForm
from approvals.models import ApprovalRequest, Decision, FastLanePass, PolicyCheck, RequestStage
from approvals.permissions import (
    asked_by,
    denial_to_decide,
    denial_to_hand_on,
    denial_to_override,
    denial_to_withdraw,
)
from approvals.permissions_fast_lane import denial_to_audit
from approvals.registry import subject_for
from approvals.risk import factor_from
from approvals.states import WITH_REQUESTER, RequestState, StageState
from portal.models import User

EARLIER = 5
TONES = {"approved": ("ok", "circle-check"), "returned": ("warn", "undo-2"), "refused": ("bad", "circle-x")}


def detail_context(
    user: User,
    asked: ApprovalRequest,
    *,
    form: DecisionForm | None = None,
    comment_form: CommentForm | None = None,
    hand_on_form: HandOnForm | None = None,
    override_form: OverrideForm | None = None,
    verdict_form: VerdictForm | None = None,
    conflict: str = "",
) -> dict[str, Any]:
    """With `conflict`, why the answer given a moment ago was not stored."""
    subject = subject_for(asked.kind)
    steps = list(asked.stages.filter(revision=asked.revision).order_by("order").select_related("route"))
    return {
        "section": "approvals",
        "asked": asked,
        "kind": subject.label,
        "question": str(subject.question) % {"title": asked.title},
        "differences": rows(asked.facts_before, asked.facts) if asked.revision > 1 else [],
        "decisions": decision_events(asked),
        "checks": checks_of(asked),
        "steps": steps_of(asked, steps),
        "comments": asked.comments.select_related("by").prefetch_related("named"),
        "comment_form": comment_form or CommentForm(),
        "is_late": asked.is_late(timezone.now()),
        "clock": asked.clock(timezone.now()),
        "conflict": conflict,
        "list_url": reverse("approvals:request_list"),
        **risk_context(asked),
        **conditions_context(user, asked),
        **acts_context(user, asked, steps, form, hand_on_form, override_form),
        **fast_lane_context(user, asked, verdict_form),
    }


def acts_context(
    user: User,
    asked: ApprovalRequest,
    steps: list[RequestStage],
    form: DecisionForm | None,
    hand_on_form: HandOnForm | None,
    override_form: OverrideForm | None,
) -> dict[str, Any]:
    """What this person may do now, each with its form."""
    now = timezone.now()
    is_waiting, is_with_requester = asked.state == RequestState.SUBMITTED, asked.state in WITH_REQUESTER
    denial = denial_to_decide(user, asked, now=now) if is_waiting else None
    may_decide = is_waiting and denial is None
    current = next((step for step in steps if step.state == StageState.OPEN), None)
    first = {"revision": asked.revision, "stage": current.order if current else None}
    return {
        "denial": denial,
        "may_decide": may_decide,
        "form": form or DecisionForm(initial=first),
        "may_hand_on": is_waiting and denial_to_hand_on(user, asked, now=now) is None,
        "hand_on_form": hand_on_form or HandOnForm(prefix="hand"),
        "may_override": is_waiting and not may_decide and denial_to_override(user, asked) is None,
        "override_form": override_form or OverrideForm(prefix="override"),
        "may_withdraw": asked.is_open and denial_to_withdraw(user, asked) is None,
        "edit_url": subject_for(asked.kind).edit_url(asked) if is_with_requester and asked_by(user, asked) else "",
    }


def steps_of(asked: ApprovalRequest, steps: list[RequestStage]) -> list[dict[str, Any]]:
    """The stages of the present submission; of the open one also who is asked, and until when."""
    now, people = timezone.now(), list(stages.unanswered(asked))
    return [
        {
            "stage": step,
            "rules": step.stage_rules,
            "is_late": step.is_late(now),
            "people": people if step.state == StageState.OPEN else [],
        }
        for step in steps
    ]


def risk_context(asked: ApprovalRequest) -> dict[str, Any]:
    """The assessment of the present submission, and decisions of the same kind in which the heaviest factor stood too."""
    found = asked.assessments.filter(revision=asked.revision).first()
    if found is None:
        return {"risk": None, "earlier": [], "obstacles": []}
    factors = [factor for factor in (factor_from(kept) for kept in found.factors) if factor.points]
    waits = asked.state == RequestState.SUBMITTED
    return {
        "risk": {"assessment": found, "factors": factors},
        "earlier": earlier(asked, factors[0].key) if factors else [],
        "earlier_on": factors[0].sentence if factors else "",
        "obstacles": obstacles_of(found, asked.kind, rules.standing("fast_lane")) if waits else [],
    }


def earlier(asked: ApprovalRequest, factor: str) -> list[ApprovalRequest]:
    same = ApprovalRequest.objects.over().filter(kind=asked.kind, assessments__factors__contains=[{"key": factor}])
    decided = same.exclude(pk=asked.pk).exclude(decided_at=None).distinct()
    return list(decided.for_table().order_by("-decided_at")[:EARLIER])


def conditions_context(user: User, asked: ApprovalRequest) -> dict[str, Any]:
    today, found = timezone.localdate(), []
    for row in asked.conditions.select_related("decision__by", "met_by"):
        row.request = asked
        may = row.met_at is None and asked.state == RequestState.APPROVED and denial_to_confirm(user, row) is None
        found.append({"row": row, "is_late": row.is_late(today), "may_confirm": may})
    return {"conditions": found}


def fast_lane_context(user: User, asked: ApprovalRequest, form: VerdictForm | None) -> dict[str, Any]:
    if not asked.is_fast_lane:
        return {"passed": None}
    passed = FastLanePass.objects.select_related("verdict_by").get(request=asked)
    may_audit = not passed.verdict and denial_to_audit(user, asked) is None
    return {"passed": passed, "may_audit": may_audit, "verdict_form": form or VerdictForm(prefix="verdict")}


def checks_of(asked: ApprovalRequest) -> list[PolicyCheck]:
    """What the policies said of the present submission: the latest of each."""
    rows = asked.checks.select_related("version__policy").order_by("version__policy__title", "-id")
    latest: dict[int, PolicyCheck] = {}
    for row in rows:
        latest.setdefault(row.version.policy_id, row)
    return list(latest.values())


def decision_events(asked: ApprovalRequest) -> list[dict[str, Any]]:
    """The answers so far, for the timeline."""
    return [
        {
            "at": decision.at,
            "title": f"{decision.stage.name}: {decision.get_outcome_display()}",
            "actor": decision.by,
            "reason": decision.reason,
            "tone": TONES[decision.outcome][0],
            "glyph": TONES[decision.outcome][1],
            "text": manner_of(decision),
        }
        for decision in asked.decisions.select_related("by", "stage", "on_behalf_of").order_by("-at", "-id")
    ]


def manner_of(decision: Decision) -> str:
    """In whose place it was given, when that is not the approver's own."""
    if decision.is_override:
        return gettext("Decided instead of those who were asked.")
    if decision.on_behalf_of is not None:
        return gettext("In the place of %(person)s.") % {"person": decision.on_behalf_of}
    return ""
