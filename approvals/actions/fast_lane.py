"""Deciding by the rules alone, in the request that asks; and the later look of a person at some of it."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals import fast_lane, rules
from approvals.actions.moves import move
from approvals.models import ApprovalRequest, FastLanePass, PolicyCheck, RiskAssessment
from approvals.models.fast_lane_pass import Audited
from approvals.notifications import tell_requester
from approvals.permissions_fast_lane import denial_to_audit
from approvals.registry import subject_for
from approvals.risk import RiskFacts
from approvals.rules import Rules
from approvals.states import RequestState
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition


def obstacles_to(kind: str, tier: str, facts: RiskFacts, standing: Rules) -> list[str]:
    """What keeps a request of this kind out of the fast lane."""
    has_fast_lane, is_open = subject_for(kind).has_fast_lane, bool(standing["is_open"])
    return fast_lane.obstacles(
        tier, facts, has_fast_lane=has_fast_lane, is_open=is_open, overdue_from=standing["overdue_from"]
    )


def obstacles_of(assessment: RiskAssessment, kind: str, standing: Rules) -> list[str]:
    """The same of a submission, from its facts as they were stored."""
    return obstacles_to(kind, assessment.tier, RiskFacts(**assessment.facts), standing)


def take(
    request: ApprovalRequest, assessment: RiskAssessment, checks: Sequence[PolicyCheck], *, now: datetime
) -> FastLanePass | None:
    """Approve it at once if the rules may; None when a person decides. On a locked request; saves it."""
    standing, seed = rules.standing("fast_lane"), secrets.token_hex(16)
    if obstacles_of(assessment, request.kind, standing):
        return None
    move(request, RequestState.APPROVED, now=now)
    request.is_fast_lane, request.decided_at = True, now
    request.save()
    passed = FastLanePass.objects.create(
        request=request,
        rules_version=standing.version,
        inputs=inputs_of(assessment, checks),
        seed=seed,
        is_drawn=fast_lane.is_drawn(seed, standing["audit_share"]),
        at=now,
    )
    subject_for(request.kind).approved(request, by=None, now=now)
    audit.record("approvals.request_fast_lane", request, by=None, now=now, facts={"rules": standing.version})
    tell_requester(request, "approved", by=None, reason="", now=now)
    return passed


def inputs_of(assessment: RiskAssessment, checks: Sequence[PolicyCheck]) -> dict[str, Any]:
    """Everything the rules looked at, so that the decision can be made again."""
    return {
        "tier": assessment.tier,
        "weights_version": assessment.weights_version,
        "facts": assessment.facts,
        "checks": [
            {"policy": check.version.policy.slug, "version": check.version.number, "result": check.result}
            for check in checks
        ],
    }


@transaction.atomic
def judge(passed: FastLanePass, *, verdict: str, note: str, by: User, now: datetime) -> FastLanePass:
    """A person says whether they would have approved it. Said once; it changes the measured rate, not the approval."""
    passed = FastLanePass.objects.select_for_update(of=("self",)).get(pk=passed.pk)
    request = ApprovalRequest.objects.select_related("requested_by").get(pk=passed.request_id)
    allow(denial_to_audit(by, request))
    if passed.verdict:
        raise InvalidTransition(_("Somebody has looked at this one already. Nothing of yours was stored."))
    passed.verdict, passed.verdict_note, passed.verdict_by, passed.verdict_at = Audited(verdict), note, by, now
    passed.save(update_fields=["verdict", "verdict_note", "verdict_by", "verdict_at"])
    audit.record("approvals.fast_lane_audited", request, by=by, now=now, reason=note, facts={"verdict": verdict})
    return passed


def false_pass_rate() -> fast_lane.Rate | None:
    """Of all that were audited."""
    audited = FastLanePass.objects.audited()
    return fast_lane.rate(audited.filter(verdict=Audited.WRONG).count(), audited.count())


audit.register(
    approvals__request_fast_lane=audit.Verb(gettext_lazy("Approved by the rules"), "zap", "ok"),
    approvals__fast_lane_audited=audit.Verb(gettext_lazy("Fast-lane approval looked at"), "eye"),
)
