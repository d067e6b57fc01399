"""Pages of a deep list by the number of its rows, newest first: page 1,000 costs what page 1 costs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Page:
    """The rows, and the cursors for the `pagination` component; an empty cursor means there is no such page."""

    rows: list[Any]
    next: str = ""
    previous: str = ""


def cursor(text: str | None) -> int | None:
    """The number in a cursor; None for anything that is not one, so that a mangled address shows the first page."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 19:
        return None
    return min(int(text), LARGEST)


def page(found: models.QuerySet[Any], query: Mapping[str, str], *, size: int = 50) -> Page:
    """The page that `after` or `before` in the address asks for; one query."""
    after, before = cursor(query.get("after")), cursor(query.get("before"))
    if after is None and before is not None:
        rows = list(found.filter(pk__gt=before).order_by("pk")[: size + 1])
        newer, rows = len(rows) > size, rows[:size][::-1]
        return Page(rows, str(rows[-1].pk) if rows else "", str(rows[0].pk) if newer else "")
    if after is not None:
        found = found.filter(pk__lt=after)
    rows = list(found.order_by("-pk")[: size + 1])
    older, rows = len(rows) > size, rows[:size]
    return Page(rows, str(rows[-1].pk) if older else "", str(rows[0].pk) if after is not None and rows else "")


def newest_first(found: models.QuerySet[Any], *, size: int = 2_000) -> Iterator[Any]:
    """All rows, read in batches that are each a query of their own: a reader who goes away leaves nothing open."""
    batch = list(found.order_by("-pk")[:size])
    while batch:
        yield from batch
        batch = list(found.filter(pk__lt=batch[-1].pk).order_by("-pk")[:size])
