"""What the figures are now or were in a window: from the very rows that a list shows. One query for each source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils import timezone

from portal.kpis import PART, UNIT, WHOLE, Kpi, Window, with_prefix
from portal.months import month_of, window_of

NOTHING = Decimal()
HOUSE = None


@dataclass(frozen=True)
class Sums:
    """Parts and wholes of some rows, and how many rows they are."""

    part: Decimal = NOTHING
    whole: Decimal = NOTHING
    records: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(self.part + other.part, self.whole + other.whole, self.records + other.records)


@dataclass(frozen=True)
class Measured:
    kpi: Kpi
    value: Decimal | None


def own(kpi: Kpi, window: Window) -> dict[int | None, Sums]:
    """For each unit its own rows, without those of the units below it; rows without a unit stand under None."""
    found: dict[int | None, Sums] = {}
    for source in kpi.sources:
        rows = source.rows(window).order_by().values(UNIT)
        for row in rows.annotate(part=Sum(PART), whole=Sum(WHOLE), records=Count("pk")):
            sums = Sums(row["part"] or NOTHING, row["whole"] or NOTHING, row["records"])
            found[row[UNIT]] = found.get(row[UNIT], Sums()) + sums
    return found


def rolled_up(own: Mapping[int | None, Sums], parents: Mapping[int, int | None]) -> dict[int | None, Sums]:
    """For each unit the rows of it and of all below it, and under None those of the whole house, also without a unit."""
    found: dict[int | None, Sums] = {unit: Sums() for unit in parents}
    found[HOUSE] = total(own.values())
    for unit, sums in own.items():
        at, seen = unit, set()
        while at is not None and at not in seen:
            found[at] = found.get(at, Sums()) + sums
            seen.add(at)
            at = parents.get(at)
    return found


def total(every: Iterable[Sums]) -> Sums:
    return sum(every, Sums())


def of_month(now: datetime) -> Window:
    """The month of `now` in the house's zone, up to that moment."""
    zone = timezone.get_default_timezone()
    return window_of(month_of(timezone.localdate(now, zone)), zone, until=now)


def figures(prefix: str, *, now: datetime) -> list[Measured]:
    """What the figures of a desk are at this moment, for the house. The board reads stored readings instead."""
    window = of_month(now)
    found = ((kpi, total(own(kpi, window).values())) for kpi in with_prefix(prefix))
    return [Measured(kpi, kpi.value(sums.part, sums.whole)) for kpi, sums in found]


def house_day(window: Window) -> date:
    """The last day of a window, in the house's zone."""
    return timezone.localdate(window.until - timedelta(microseconds=1), timezone.get_default_timezone())
