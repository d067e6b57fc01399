"""Figures about training: set-based, and empty rather than zero where nothing is known."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, Max, Q

from approvals.check_sources import SOURCES
from approvals.models import Violation
from portal.models import BusinessUnit, User
from training.models import Award, Course

SOON = timedelta(days=60)
MOST = 50


@dataclass(frozen=True)
class UnitRow:
    unit: BusinessUnit
    people: int
    certified: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.certified / self.people) if self.people else None


def certified_by_unit(*, now: datetime) -> list[UnitRow]:
    """For each unit its own people and how many of them hold a certification that counts."""
    counting = Award.objects.counting(now).values("user")
    rows = (
        BusinessUnit.objects.annotate(
            people_now=Count("people", filter=Q(people__is_active=True, people__is_service=False), distinct=True),
            certified=Count("people", filter=Q(people__in=counting, people__is_active=True), distinct=True),
        )
        .filter(people_now__gt=0)
        .order_by("name")
    )
    return [UnitRow(row, row.people_now, row.certified) for row in rows]


def ending_soon(*, now: datetime) -> list[Award]:
    found = Award.objects.counting(now).filter(valid_until__lte=now + SOON).with_names()
    return list(found.select_related("user__business_unit").order_by("valid_until", "pk")[:MOST])


def pass_rates() -> list[Course]:
    """Courses with `tries`, `passed`, `first_passed`, `firsts` and `mean` of what was handed in."""
    over = Q(enrolments__attempts__submitted_at__isnull=False)
    passed = Q(enrolments__attempts__passed=True)
    first = Q(enrolments__attempts__number=1)
    return list(
        Course.objects.filter(current__isnull=False)
        .select_related("current")
        .annotate(
            tries=Count("enrolments__attempts", filter=over),
            passed=Count("enrolments__attempts", filter=passed),
            firsts=Count("enrolments__attempts", filter=over & first),
            first_passed=Count("enrolments__attempts", filter=passed & first),
            mean=Avg("enrolments__attempts__score"),
            latest=Max("enrolments__attempts__submitted_at"),
        )
        .order_by("current__level", "slug")
    )


@dataclass(frozen=True)
class Rate:
    """Open violations for each hundred people of the group; None when nobody is in it."""

    people: int
    violations: int

    @property
    def per_hundred(self) -> float | None:
        return round(100 * self.violations / self.people, 1) if self.people else None


def violation_rates(*, now: datetime) -> dict[str, Rate]:
    """Those who own something that policies check, certified and not: whether training shows."""
    certified = set(Award.objects.counting(now).values_list("user", flat=True))
    owners = set().union(*(source.owner_ids() for source in SOURCES.values()))
    standing = Violation.objects.standing()
    owned = dict(
        User.objects.people()
        .filter(pk__in=owners)
        .annotate(open=Count("violations", filter=Q(violations__in=standing), distinct=True))
        .values_list("pk", "open")
    )
    groups = {True: [0, 0], False: [0, 0]}
    for pk, violations in owned.items():
        group = groups[pk in certified]
        group[0] += 1
        group[1] += violations
    return {"certified": Rate(*groups[True]), "uncertified": Rate(*groups[False])}
