"""The risk of a submission, computed once when it is asked and kept with the weights it was computed with."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from approvals import certification, risk, rules
from approvals.coverage import coverage_of
from approvals.models import ApprovalRequest, PolicyCheck, RiskAssessment
from approvals.models.policy import Mode
from approvals.models.policy_check import Result
from approvals.registry import Asked
from approvals.risk import RiskFacts


def assess(request: ApprovalRequest, *, asked: Asked, checks: Sequence[PolicyCheck], now: datetime) -> RiskAssessment:
    """Store the assessment of the request's present submission and set its tier; the caller saves the request."""
    weights = rules.standing("risk")
    facts = facts_of(asked, checks, now=now)
    found = risk.assess(facts, weights.values)
    request.tier = found.tier
    return RiskAssessment.objects.create(
        request=request,
        revision=request.revision,
        weights_version=weights.version,
        facts=facts.as_json(),
        factors=[factor.as_json() for factor in found.factors],
        points=found.points,
        tier=found.tier,
        at=now,
    )


def facts_of(asked: Asked, checks: Sequence[PolicyCheck], *, now: datetime) -> RiskFacts:
    """What the subject says, with the results of the policies and the certification of who is responsible."""
    failed = [
        check.version.policy for check in checks if check.result != Result.PASS and not covered(check, asked, now=now)
    ]
    return replace(
        asked.risk,
        certification=certification.held(asked.responsible, now=now) if asked.responsible else None,
        failing=asked.risk.failing + tuple(policy.title for policy in failed if policy.mode == Mode.ENFORCE),
        warning=tuple(policy.title for policy in failed if policy.mode == Mode.WARN),
    )


def covered(check: PolicyCheck, asked: Asked, *, now: datetime) -> bool:
    """Does an exception in force cover it?"""
    unit = asked.business_unit.pk if asked.business_unit else None
    return coverage_of(check.version.policy, now=now).covers(check.subject_kind, check.subject_id, unit)
