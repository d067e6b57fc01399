"""The registry of key figures: each package says what it measures, how, and which way is good."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Kpi:
    """`formula` says in words what is divided by what. `good` is "up" or "down". `read(now)` gives the figure of the whole
    house, or None when it is not known: missing data is never zero."""

    key: str
    label: Text
    formula: Text
    unit: Text
    good: str
    read: Callable[[datetime], float | None]


@dataclass(frozen=True)
class Reading:
    kpi: Kpi
    value: float | None


KPIS: dict[str, Kpi] = {}


def register(*kpis: Kpi) -> None:
    KPIS.update({kpi.key: kpi for kpi in kpis})


def readings(prefix: str, *, now: datetime) -> list[Reading]:
    """The figures whose key begins with `prefix`, in the order they were registered."""
    return [Reading(kpi, kpi.read(now)) for key, kpi in KPIS.items() if key.startswith(prefix)]
