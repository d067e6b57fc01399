"""Tabs over sets of rows, as data for the component of the same name. The address says which one is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from portal.paging import Page, page, place


@dataclass(frozen=True)
class Tab:
    """`sort` is a column for `portal.paging.page`."""

    label: Any
    rows: models.QuerySet[Any]
    sort: str


@dataclass(frozen=True)
class Opened:
    """The tab that is open, a page of its rows, and all tabs with their counts; one query each."""

    key: str
    found: Page[Any]
    tabs: list[dict[str, Any]]


def opened(query: Mapping[str, str], tabs: Mapping[str, Tab], *, size: int) -> Opened:
    """The tab the address asks for, else the first."""
    key = query["tab"] if query.get("tab") in tabs else next(iter(tabs))
    found = page(tabs[key].rows.for_table(), tabs[key].sort, size=size, **place(query))  # type: ignore[attr-defined]
    lines = [
        {"label": tab.label, "url": f"?tab={name}", "current": name == key, "count": tab.rows.count()}
        for name, tab in tabs.items()
    ]
    return Opened(key, found, lines)
