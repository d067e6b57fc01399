"""How an app was used, day by day or week by week, as a chart. A day no collector vouches for is a gap, not a zero."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import models
from django.utils import formats
from django.utils.translation import gettext as _

from catalog.models import Collector, MicroApp, UsageDay
from portal import charts

SPANS = (60, 180)
WEEK = 7


@dataclass(frozen=True)
class Usage:
    """`days` is the span; `busiest` is None without data; `gap_days` are those nobody vouches for."""

    days: int
    chart: charts.Chart
    busiest: int | None
    last_seen_on: date | None
    gap_days: int
    collectors: list[Collector]


def usage_of(app: MicroApp, *, days: int, today: date) -> Usage:
    """The last `days` days up to yesterday (today is not over)."""
    collectors = list(Collector.objects.order_by("label"))
    first, last = today - timedelta(days=days), today - timedelta(days=1)
    rows = UsageDay.objects.filter(app=app, day__range=(first, last)).values("day").annotate(most=models.Max("users"))
    seen = {row["day"]: row["most"] for row in rows}
    values = [value_on(first + timedelta(days=n), seen, collectors) for n in range(days)]
    labels, points = (by_week if days > 90 else by_day)(first, values)
    known = [value for value in values if value is not None]
    heading = _("Week") if days > 90 else _("Day")
    drawn = charts.line(labels, [(_("Busiest day's users") if days > 90 else _("Users"), points)], heading=heading)
    return Usage(
        days=days,
        chart=replace(drawn, labels=sparse(labels)),
        busiest=max(known, default=None),
        last_seen_on=app.last_seen_on,
        gap_days=len(values) - len(known),
        collectors=collectors,
    )


def sparse(labels: list[str]) -> list[str]:
    """Six or seven of the labels, so that the axis can be read. An even step: narrow screens hide every second place."""
    step = max(2, len(labels) // 6 // 2 * 2)
    return [label if place % step == 0 else "" for place, label in enumerate(labels)]


def value_on(day: date, seen: Mapping[date, int], collectors: Iterable[Collector]) -> int | None:
    """The users of a day; 0 only when a collector vouches for the day."""
    if day in seen:
        return seen[day]
    return 0 if any(vouches(collector, day) for collector in collectors) else None


def vouches(collector: Collector, day: date) -> bool:
    if collector.complete_until is None or day > collector.complete_until:
        return False
    return collector.complete_from is None or day >= collector.complete_from


def by_day(first: date, values: list[int | None]) -> tuple[list[str], list[int | None]]:
    return [formats.date_format(first + timedelta(days=n), "j M") for n in range(len(values))], values


def by_week(first: date, values: list[int | None]) -> tuple[list[str], list[int | None]]:
    """The busiest day of each seven; a week without one known day is a gap."""
    labels, points = [], []
    for n in range(0, len(values), WEEK):
        known = [value for value in values[n : n + WEEK] if value is not None]
        labels.append(formats.date_format(first + timedelta(days=n), "j M"))
        points.append(max(known) if known else None)
    return labels, points
