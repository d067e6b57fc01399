"""The registry of what the packages add to the board's page: charts made of readings, and lists of what needs the board."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import formats

from portal.charts import Chart
from portal.kpis import Text
from portal.measuring import Sums

Trend = Sequence[Sums | None]  # one for each month; None where nothing was read


@dataclass(frozen=True)
class Drawn:
    """`title` states what the chart shows, `note` what it measures."""

    title: Text
    note: Text
    chart: Chart


@dataclass(frozen=True)
class BoardChart:
    """`draw(labels, trends)` makes the chart of the twelve months, or None when there is too little to draw. `keys` are the
    figures it is made of."""

    key: str
    order: int
    keys: tuple[str, ...]
    draw: Callable[[Sequence[str], Mapping[str, Trend]], Drawn | None]


@dataclass(frozen=True)
class Need:
    """One line of a list for the board: what, why it stands there, since or until when."""

    title: str
    url: str
    facts: tuple[Any, ...]
    is_late: bool = False


@dataclass(frozen=True)
class BoardList:
    """Something the board looks at. `load(units, now)` gives the lines and how many there are in all, in one query for each;
    `units` are the numbers of the units looked at, or None for the house."""

    key: str
    order: int
    title: Text
    note: Text
    heads: tuple[Text, ...]
    empty: Text
    load: Callable[[Collection[int] | None, datetime], tuple[list[Need], int]]
    url_name: str = ""


CHARTS: dict[str, BoardChart] = {}
LISTS: dict[str, BoardList] = {}


def register_chart(chart: BoardChart) -> None:
    CHARTS[chart.key] = chart


def register_list(part: BoardList) -> None:
    LISTS[part.key] = part


def charts() -> list[BoardChart]:
    return sorted(CHARTS.values(), key=lambda chart: chart.order)


def lists() -> list[BoardList]:
    return sorted(LISTS.values(), key=lambda part: part.order)


def month_labels(months: Sequence[date]) -> list[str]:
    return [formats.date_format(month, "M") for month in months]
