"""What a decision would look like if it were asked now: risk, policies and route, before anything is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from approvals import routes, rules
from approvals.actions.assessments import Thing, completed
from approvals.actions.fast_lane import obstacles_to
from approvals.actions.policy_versions import policy_set_of
from approvals.engine import engine
from approvals.engine.inputs import evaluate
from approvals.models import Policy
from approvals.risk import Factor, RiskFacts, assess
from approvals.stage_rules import StageRules
from portal.models import User


@dataclass(frozen=True)
class Denial:
    """What one policy would say."""

    policy: Policy
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Forecast:
    """`obstacles` keep it out of the fast lane; without any it would be decided at once. `is_checked` is false where
    policies could not be asked yet, because what they look at is incomplete."""

    tier: str
    points: int
    factors: tuple[Factor, ...]
    denials: tuple[Denial, ...]
    obstacles: tuple[str, ...]
    stages: tuple[StageRules, ...]
    is_checked: bool

    @property
    def business_days(self) -> int:
        """At most, when every stage takes the time it has."""
        return sum(stage.days for stage in self.stages)


def forecast(
    kind: str,
    facts: RiskFacts,
    thing: Thing,
    *,
    document: Mapping[str, Any] | None,
    responsible: User | None,
    now: datetime,
) -> Forecast:
    """`document` is what policies would see; None while it is incomplete."""
    denials = denials_of(document) if document is not None else ()
    full = completed(facts, [one.policy for one in denials], thing, responsible=responsible, now=now)
    found = assess(full, rules.standing("risk").values)
    return Forecast(
        tier=found.tier,
        points=found.points,
        factors=tuple(factor for factor in found.factors if factor.points),
        denials=denials,
        obstacles=tuple(obstacles_to(kind, found.tier, full, rules.standing("fast_lane"))),
        stages=routes.standing(kind, found.tier).stages,
        is_checked=document is not None,
    )


def denials_of(document: Mapping[str, Any]) -> tuple[Denial, ...]:
    """Every policy in force is asked; nothing is stored."""
    found = []
    for policy in Policy.objects.in_force().order_by("title"):
        assert policy.active is not None
        (verdict,) = evaluate(engine(), policy_set_of(policy.active), [document])
        if not verdict.passed:
            found.append(Denial(policy, verdict.reasons))
    return tuple(found)
