"""Which things the exceptions in force cover, policy by policy. Read once for a whole batch of things."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from approvals.models import Policy, PolicyException
from portal.models import BusinessUnit


@dataclass(frozen=True)
class Coverage:
    things: frozenset[tuple[str, int]]
    units: frozenset[int]

    def covers(self, kind: str, number: int | None, unit: int | None) -> bool:
        return (kind, number) in self.things or unit in self.units


def coverage_of(policy: Policy, *, now: datetime) -> Coverage:
    """Two queries, however many exceptions there are."""
    found = PolicyException.objects.filter(policy=policy).active(timezone.localdate(now))
    rows = list(found.values_list("subject_kind", "subject_id", "business_unit"))
    things = frozenset((kind, number) for kind, number, _unit in rows if number is not None)
    return Coverage(things, units_below(unit for _kind, _number, unit in rows if unit is not None))


def units_below(units: Iterable[int]) -> frozenset[int]:
    known = list(units)
    return frozenset(BusinessUnit.objects.below(*known).values_list("pk", flat=True)) if known else frozenset()
