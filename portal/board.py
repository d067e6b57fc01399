"""The board's figures for a span of months, made of stored readings alone: one query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import charts
from portal.board_words import amount, change_of
from portal.kpis import KPIS, Kpi
from portal.measuring import Sums
from portal.models import KpiReading
from portal.models.kpi_reading import ReadingKind
from portal.months import Span, named, yearly

TREND = 12


@dataclass(frozen=True)
class Figure:
    """A figure over a span. `before` is the value it is compared with. `missing` are the months without a reading, or whose
    data were missing; they are left out, and said."""

    kpi: Kpi
    readings: Sequence[KpiReading]
    trend: Sequence[Decimal | None]
    value: Decimal | None
    before: Decimal | None
    missing: Sequence[str]

    @property
    def last(self) -> KpiReading | None:
        return self.readings[-1] if self.readings else None

    @property
    def target(self) -> Decimal | None:
        return self.last.target if self.last else self.kpi.target

    @property
    def change(self) -> Decimal | None:
        return None if self.value is None or self.before is None else self.value - self.before

    @property
    def is_better(self) -> bool | None:
        return None if self.change is None else self.kpi.is_better(self.change)

    @property
    def is_met(self) -> bool | None:
        return None if self.value is None or self.target is None else self.kpi.meets(self.value, self.target)

    @property
    def sums(self) -> Sums:
        return sums_of(self.kpi, self.readings)

    @property
    def is_settled(self) -> bool:
        return bool(self.readings) and all(row.kind != ReadingKind.DAILY for row in self.readings)

    @property
    def is_corrected(self) -> bool:
        return any(row.kind == ReadingKind.CORRECTION for row in self.readings)

    @property
    def finding(self) -> str:
        """The title of its chart: what became of it."""
        better, worse, steady = self.kpi.findings
        return str(steady if self.is_better is None else better if self.is_better else worse)

    @property
    def amount(self) -> str:
        return amount(self.kpi, self.value)

    @property
    def change_text(self) -> str:
        return change_of(self.kpi, self.change) if self.change else ""

    @property
    def target_text(self) -> str:
        return (
            "" if self.target is None else _("Target %(value)s") % {"value": amount(self.kpi, self.target, unit=True)}
        )

    @property
    def spark(self) -> charts.Spark | None:
        known = [None if value is None else float(value) for value in self.trend]
        return charts.spark(known, None if self.target is None else float(self.target))


class Board:
    """The figures of one unit (with all below it) or of the house, in a span, compared with another span.

    `known_on` shows the board as it was at the end of that day. `today` says which months of the span have begun."""

    def __init__(
        self, span: Span, *, unit: int | None, against: Span | None, today: date, known_on: date | None = None
    ) -> None:
        self.span, self.unit, self.against = span, unit, against
        self.today, self.known_on = today, known_on
        self.begun = [month for month in span.months if month <= (known_on or today)] or [span.first]
        self.trend_months = yearly(self.begun[-1]).months

    @cached_property
    def readings(self) -> Mapping[str, Mapping[date, KpiReading]]:
        """For each figure its standing reading of each month that the page needs."""
        wanted = {*self.trend_months, *self.begun, *(self.against.months if self.against else [])}
        rows = KpiReading.objects.of_unit(self.unit).known_on(self.known_on).filter(month__in=wanted, kpi__in=KPIS)
        found: dict[str, dict[date, KpiReading]] = {key: {} for key in KPIS}
        for row in rows.standing():
            found[row.kpi][row.month] = row
        return found

    def figure(self, kpi: Kpi) -> Figure:
        held = self.readings[kpi.key]
        months = self.begun[-1:] if kpi.stands else self.begun
        good = [held[month] for month in months if month in held and not held[month].gap]
        missing = [
            f"{named(month)}: {held[month].gap}"
            if month in held
            else _("%(month)s was not read") % {"month": named(month)}
            for month in months
            if month not in held or held[month].gap
        ]
        before = sums_of(kpi, self.earlier(kpi))
        return Figure(
            kpi,
            good,
            [self.value_in(kpi, month) for month in self.trend_months],
            value_of(kpi, sums_of(kpi, good), bool(good)),
            value_of(kpi, before, bool(self.earlier(kpi))),
            missing,
        )

    def earlier(self, kpi: Kpi) -> list[KpiReading]:
        """The readings it is compared with: as many months from the start of the other span as have begun in this one."""
        if self.against is None:
            return []
        months = (
            self.against.months if len(self.begun) == len(self.span.months) else self.against.months[: len(self.begun)]
        )
        held = self.readings[kpi.key]
        rows = [held[month] for month in (months[-1:] if kpi.stands else months) if month in held]
        return [row for row in rows if not row.gap]

    def value_in(self, kpi: Kpi, month: date) -> Decimal | None:
        row = self.readings[kpi.key].get(month)
        return None if row is None else kpi.value(row.part, row.whole)

    def trend(self, key: str) -> list[Sums | None]:
        """The sums behind a figure in each month of the trend, for a chart that is made of them."""
        rows = [self.readings.get(key, {}).get(month) for month in self.trend_months]
        return [None if row is None or row.gap else Sums(row.part or Decimal(), row.whole or Decimal()) for row in rows]

    @cached_property
    def tiles(self) -> list[Figure]:
        return [self.figure(kpi) for kpi in sorted(KPIS.values(), key=lambda kpi: kpi.rank) if kpi.rank]

    @cached_property
    def others(self) -> list[Figure]:
        return [self.figure(kpi) for kpi in KPIS.values() if not kpi.rank]

    @property
    def refreshed_at(self) -> datetime | None:
        return max((row.taken_at for rows in self.readings.values() for row in rows.values()), default=None)

    @property
    def late(self) -> list[str]:
        """What is missing, each with the figure it is missing from."""
        return [f"{figure.kpi.label}. {gap}" for figure in [*self.tiles, *self.others] for gap in figure.missing]

    @property
    def brief(self) -> tuple[str, str]:
        """How many targets are met, and what needs the board, as two sentences computed from the figures."""
        aimed = [figure for figure in self.tiles if figure.is_met is not None]
        if not aimed:
            return _("Nothing can be compared with a target yet."), _("Readings are taken every hour.")
        met = sum(bool(figure.is_met) for figure in aimed)
        first = ngettext("%(met)s of %(all)s target is met.", "%(met)s of %(all)s targets are met.", len(aimed)) % {
            "met": formats.number_format(met),
            "all": formats.number_format(len(aimed)),
        }
        missed = [
            f"{figure.kpi.label} ({figure.amount} {figure.kpi.unit}; {figure.target_text})"
            for figure in aimed
            if not figure.is_met
        ]
        if not missed:
            return first, _("Nothing needs the board.")
        return first, _("What needs the board: %(list)s.") % {"list": "; ".join(missed)}


def sums_of(kpi: Kpi, rows: Sequence[KpiReading]) -> Sums:
    """What stands is that of the last month; what happened adds up."""
    if kpi.stands:
        rows = rows[-1:]
    return Sums(
        sum((row.part or Decimal() for row in rows), Decimal()),
        sum((row.whole or Decimal() for row in rows), Decimal()),
        sum(row.records for row in rows),
    )


def value_of(kpi: Kpi, sums: Sums, is_known: bool) -> Decimal | None:
    return kpi.value(sums.part, sums.whole) if is_known else None
