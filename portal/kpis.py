"""The registry of key figures: each package says what it measures, from which rows, how, and which way is good.

A figure is defined by the rows behind it and by nothing else: every row has a part and a whole, and the figure is the sum of
the parts for each whole. So a number and the records that are shown for it cannot differ, and the figure of a unit is made of
the same rows as that of the house."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

Text = str | Promise
PART, WHOLE, UNIT = "kpi_part", "kpi_whole", "kpi_unit"


@dataclass(frozen=True)
class Window:
    """From `since` up to, not including, `until`. What stands at a moment is measured as it stood just before `until`."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Record:
    """One row behind a figure, as people read it. `facts` are values in the order of the source's `heads`."""

    title: str
    url: str
    facts: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Source:
    """One table behind a figure. `rows(window)` is a query with the annotations `kpi_part`, `kpi_whole` and `kpi_unit` (the
    number of a business unit, or empty), in the order in which a list shows it."""

    key: str
    label: Text
    rows: Callable[[Window], QuerySet[Any]]
    show: Callable[[Any], Record]
    heads: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Kpi:
    """`label` is the short name, `meaning` says what it tells in one sentence, `formula` what is divided by what, `origin`
    which data it rests on, and `owner` who answers for it.

    `unit` stands behind the value ("%", "days"), or before it when `leads`. `good` is "up", "down", or empty when neither
    way is better. `scale` multiplies the quotient (100 for percent); a figure that `counts` is the sum of the parts alone.
    `stands`: it is what stands at the end of a span, and not what happened in it. `findings` are the titles of its chart when
    it became better, worse, or neither. `rank` 1 to 6 makes it a tile of the board. `settle_days`: for so many days after a
    month its figure may still change because data come late; then it is frozen. `late(window)` gives a sentence when data
    are missing: then the figure is a gap, never zero. `target` holds until the board sets another."""

    key: str
    label: Text
    meaning: Text
    formula: Text
    unit: Text
    good: str
    sources: Sequence[Source]
    origin: Text
    owner: Text
    note: Text = ""
    findings: tuple[Text, Text, Text] = ("", "", "")
    scale: int = 1
    decimals: int = 1
    counts: bool = False
    stands: bool = False
    leads: bool = False
    rank: int = 0
    settle_days: int = 3
    target: Decimal | None = None
    late: Callable[[Window], Text] = lambda window: ""

    @property
    def slug(self) -> str:
        """The key as a part of an address."""
        return self.key.replace(".", "-").replace("_", "-")

    def value(self, part: Decimal | None, whole: Decimal | None) -> Decimal | None:
        """The figure of these sums; None when there was nothing to measure."""
        if part is None or (not self.counts and not whole):
            return None
        exact = part if self.counts else self.scale * part / whole  # type: ignore[operator]  # whole is not empty here
        return exact.quantize(Decimal(1).scaleb(-self.decimals))

    def is_better(self, change: Decimal) -> bool | None:
        """Is a change by so much for the better? None when it is neither."""
        if not self.good or not change:
            return None
        return (change > 0) == (self.good == "up")

    def meets(self, value: Decimal, target: Decimal) -> bool:
        return value >= target if self.good == "up" else value <= target


KPIS: dict[str, Kpi] = {}


def register(*kpis: Kpi) -> None:
    for kpi in kpis:
        if KPIS.get(kpi.key, kpi) is not kpi:
            raise ValueError(f"The figure {kpi.key} is registered twice.")
        KPIS[kpi.key] = kpi


def by_slug(slug: str) -> Kpi | None:
    return next((kpi for kpi in KPIS.values() if kpi.slug == slug), None)


def tiles() -> list[Kpi]:
    """The figures of the board's front, in their order."""
    return sorted((kpi for kpi in KPIS.values() if kpi.rank), key=lambda kpi: kpi.rank)


def with_prefix(prefix: str) -> list[Kpi]:
    """The figures whose key begins so, in the order they were registered."""
    return [kpi for key, kpi in KPIS.items() if key.startswith(prefix)]
