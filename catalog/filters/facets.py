"""Counts beside the filters. Each count leaves out the choices of its own filter, so that it says what one more tick gives.

All filters but the connectors are counted by one grouped query, a cube of the few values they have; the connectors by a
second. From `EXACT_UP_TO` apps on, both are kept for a minute."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import models
from django.utils.functional import Promise

from catalog.filters.micro_apps import MicroAppFilter
from catalog.models import ConnectorUse, MicroApp

EXACT_UP_TO = 20_000
KEPT_FOR = 60
SIZE_KEPT_FOR = 300
DIMENSIONS = {"status": "state", "risk": "risk", "unit": "business_unit_id", "ends": "ends_in", "use": "use"}
Cell = Mapping[str, Any]


@dataclass(frozen=True)
class Option:
    value: str
    label: str | Promise
    count: int
    on: bool


@dataclass(frozen=True)
class Facet:
    name: str
    legend: str | Promise
    options: list[Option]

    @property
    def chosen(self) -> list[Option]:
        return [option for option in self.options if option.on]


@dataclass(frozen=True)
class Counted:
    """`total` of the filters in force, of `everything` the reader may see; `is_fresh` is false when up to a minute old."""

    facets: list[Facet]
    total: int
    everything: int
    is_fresh: bool


def count(filters: MicroAppFilter) -> Counted:
    """All facets of the list, by two queries."""
    keep = is_large()
    cube = kept(filters.narrowed(without=DIMENSIONS).values(*DIMENSIONS.values()).annotate(n=models.Count("pk")), keep)
    chosen = picked(filters)
    facets = [
        Facet(name, filters.filters[name].label, options(filters, name, tally(cube, chosen, name, filters)))
        for name in ("status", "unit", "risk", "ends", "use")
    ]
    facets.append(Facet("connector", filters.filters["connector"].label, connector_options(filters, keep)))
    total = sum(cell["n"] for cell in cube if fits(cell, chosen))
    return Counted(facets, total, sum(cell["n"] for cell in cube), is_fresh=not keep)


def picked(filters: MicroAppFilter) -> dict[str, frozenset[Any]]:
    """The values in force by filter; a unit stands for all units under it."""
    chosen = {name: frozenset(filters.chosen[name]) for name in DIMENSIONS if filters.chosen[name]}
    if "unit" in chosen:
        chosen["unit"] = frozenset(filters.units.below(chosen["unit"]))
    return chosen


def fits(cell: Cell, chosen: Mapping[str, frozenset[Any]], *, without: str = "") -> bool:
    return all(cell[DIMENSIONS[name]] in values for name, values in chosen.items() if name != without)


def tally(
    cube: Iterable[Cell], chosen: Mapping[str, frozenset[Any]], name: str, filters: MicroAppFilter
) -> dict[str, int]:
    """The apps for each value of one filter, under all the others."""
    counts: dict[Any, int] = {}
    for cell in cube:
        if fits(cell, chosen, without=name):
            value = cell[DIMENSIONS[name]]
            counts[value] = counts.get(value, 0) + cell["n"]
    return filters.units.rolled_up(counts) if name == "unit" else counts


def options(filters: MicroAppFilter, name: str, counts: Mapping[str, int]) -> list[Option]:
    on = set(filters.chosen[name])
    return [
        Option(value, label, counts.get(value, 0), value in on)
        for value, label in filters.filters[name].extra["choices"]
        if name != "unit" or counts.get(value) or value in on
    ]


def connector_options(filters: MicroAppFilter, keep: bool) -> list[Option]:
    """Connectors that some app under the other filters uses, and those that are ticked."""
    apps = filters.narrowed(without=["connector"])
    rows = (
        ConnectorUse.objects.filter(app__in=apps.values("pk")).values("connector__slug").annotate(n=models.Count("pk"))
    )
    counts = {row["connector__slug"]: row["n"] for row in kept(rows, keep)}
    on = set(filters.chosen["connector"])
    return [
        Option(slug, label, counts.get(slug, 0), slug in on)
        for slug, label in filters.filters["connector"].extra["choices"]
        if counts.get(slug) or slug in on
    ]


def is_large() -> bool:
    """Is the catalog so large that counting on every page would be felt? Asked of the database every five minutes."""
    size: Callable[[], int] = MicroApp.objects.count
    return cache.get_or_set("catalog:size", size, SIZE_KEPT_FOR) > EXACT_UP_TO  # type: ignore[operator]


def kept(rows: models.QuerySet[Any, Any], keep: bool) -> list[dict[str, Any]]:
    """The grouped rows; in a large catalog those of the last minute, for readers who see the same apps."""
    rows = rows.order_by()
    if not keep:
        return list(rows)
    sql, params = rows.query.sql_with_params()
    # The moment in the query differs at each request; it moves a count at midnight only.
    text = sql + repr([param for param in params if not hasattr(param, "tzinfo")])
    key = "catalog:count:" + hashlib.sha256(text.encode()).hexdigest()
    return cache.get_or_set(key, lambda: list(rows), KEPT_FOR)  # type: ignore[return-value]
