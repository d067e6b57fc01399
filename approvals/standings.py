"""How one thing stands with every policy in force: its latest check, the violation, and the exception that covers it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from approvals.models import Policy, PolicyException, PolicyStanding, Violation
from portal.models import BusinessUnit, User


@dataclass(frozen=True)
class Standing:
    policy: Policy
    latest: PolicyStanding | None
    violation: Violation | None
    exception: PolicyException | None


def standings_of(kind: str, number: int, unit: int | None, *, by: User, now: datetime) -> list[Standing]:
    """In the order of the policies' titles, with the violations and exceptions that `by` may see; five queries."""
    policies = list(Policy.objects.in_force().order_by("title"))
    found = PolicyStanding.objects.filter(subject_kind=kind, subject_id=number).select_related("version")
    latest = {row.policy_id: row for row in found}
    about = Violation.objects.visible_to(by).standing().filter(subject_kind=kind, subject_id=number)
    violations = {row.policy_id: row for row in about}
    scope = Q(subject_kind=kind, subject_id=number)
    if unit is not None:
        scope |= Q(business_unit__in=BusinessUnit.objects.above(unit))
    active = PolicyException.objects.visible_to(by).active(timezone.localdate(now)).filter(scope).order_by("ends_on")
    covered = {row.policy_id: row for row in active}
    return [
        Standing(policy, latest.get(policy.pk), violations.get(policy.pk), covered.get(policy.pk))
        for policy in policies
    ]
