"""The risk of a submission, computed once when it is asked and kept with the weights it was computed with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from approvals import certification, risk, rules
from approvals.coverage import coverage_of
from approvals.models import ApprovalRequest, Policy, PolicyCheck, RiskAssessment, Violation
from approvals.models.policy import Mode
from approvals.models.policy_check import Result
from approvals.registry import Asked
from approvals.risk import RiskFacts
from portal.models import User


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
    failed = [check.version.policy for check in checks if check.result != Result.PASS]
    thing = Thing(asked.source_kind, asked.source_id, asked.business_unit.pk if asked.business_unit else None)
    return completed(asked.risk, failed, thing, responsible=asked.responsible, now=now)


@dataclass(frozen=True)
class Thing:
    """What was checked, so that its exceptions are found; without a number it is not stored yet."""

    kind: str
    number: int | None
    unit: int | None


def completed(
    facts: RiskFacts, failed: Iterable[Policy], thing: Thing, *, responsible: User | None, now: datetime
) -> RiskFacts:
    """The facts with the policies that fail without an exception, and the certification that is held."""
    counts = [policy for policy in failed if not is_covered(policy, thing, now=now)]
    return replace(
        facts,
        certification=certification.held(responsible, now=now) if responsible else None,
        overdue=Violation.objects.overdue(now).filter(owner=responsible).count() if responsible else 0,
        failing=facts.failing + tuple(policy.title for policy in counts if policy.mode == Mode.ENFORCE),
        warning=tuple(policy.title for policy in counts if policy.mode == Mode.WARN),
    )


def is_covered(policy: Policy, thing: Thing, *, now: datetime) -> bool:
    return coverage_of(policy, now=now).covers(thing.kind, thing.number, thing.unit)
