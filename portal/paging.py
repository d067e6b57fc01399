"""Keyset paging: the next page begins after a signed place (sort value, number), so page 4,000 costs as much as page 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=models.Model)
SALT = "portal.paging"


class Beyond(models.Func):
    """(a, b) > (x, y) or <, as one row comparison, so that an index on (a, b) finds the place at once."""

    output_field = models.BooleanField()

    def __init__(self, *parts: Any, sign: str, **extra: Any) -> None:
        super().__init__(*parts, sign=sign, **extra)

    def as_sql(self, compiler: SQLCompiler, connection: Any, **_context: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        texts, params = [], []  # type: ignore[var-annotated]
        for part in self.get_source_expressions():
            text, values = compiler.compile(part)
            texts.append(text)
            params += values
        return "({}, {}) {} ({}, {})".format(*texts[:2], self.extra["sign"], *texts[2:]), params


@dataclass(frozen=True)
class Page(Generic[Row]):
    """`next` and `previous` are cursors for the URL, empty at the ends."""

    rows: list[Row]
    next: str = ""
    previous: str = ""


def place(query: Mapping[str, str]) -> dict[str, str]:
    """The cursors of an address, for `page`."""
    return {name: query.get(name, "") for name in ("after", "before")}


def page(queryset: models.QuerySet[Row], sort: str, *, size: int, after: str = "", before: str = "") -> Page[Row]:
    """One page sorted by `sort` (a column or annotation that is never empty, with - for downwards), then by number.

    A cursor that is garbage, or of another sort, or past the end, gives the first page."""
    column, down = sort.lstrip("-"), sort.startswith("-")
    back = bool(before) and not after
    place = read(queryset, after or before, sort)
    if place is None:
        back = False
    rows = list(turned(beyond(queryset, column, place, down != back), column, down != back)[: size + 1])
    if place is not None and not rows:
        return page(queryset, sort, size=size)
    more, rows = len(rows) > size, rows[:size]
    if back:
        rows.reverse()
    return Page(
        rows,
        next=write(rows[-1], sort) if rows and (more or back) else "",
        previous=write(rows[0], sort) if rows and (more if back else place is not None) else "",
    )


def turned(queryset: models.QuerySet[Row], column: str, down: bool) -> models.QuerySet[Row]:
    sign = "-" if down else ""
    return queryset.order_by(f"{sign}{column}", f"{sign}pk")


def beyond(queryset: models.QuerySet[Row], column: str, place: Any, down: bool) -> models.QuerySet[Row]:
    if place is None:
        return queryset
    value, pk = place
    bounds = (
        models.Value(value, output_field=field_of(queryset, column)),
        models.Value(pk, output_field=models.BigIntegerField()),
    )
    # The second condition follows from the first. It is said because a column of a joined table has an index of its own,
    # which a comparison of rows over two tables cannot use.
    edge = {f"{column}__lte" if down else f"{column}__gte": bounds[0]}
    return queryset.filter(Beyond(models.F(column), models.F("pk"), *bounds, sign="<" if down else ">"), **edge)


def field_of(queryset: models.QuerySet[Row], column: str) -> models.Field[Any, Any]:
    if column in queryset.query.annotations:
        return queryset.query.annotations[column].output_field
    return queryset.model._meta.get_field(column)  # type: ignore[return-value]


def write(row: models.Model, sort: str) -> str:
    value = getattr(row, sort.lstrip("-"))
    return Signer(salt=SALT).sign_object([sort, value.isoformat() if isinstance(value, date) else value, row.pk])


def read(queryset: models.QuerySet[Row], cursor: str, sort: str) -> tuple[Any, int] | None:
    """The place a cursor names, or None when it was not written here for this sort."""
    if not cursor:
        return None
    try:
        written_for, value, pk = Signer(salt=SALT).unsign_object(cursor)
        value = field_of(queryset, sort.lstrip("-")).to_python(value)
    except (BadSignature, ValueError, TypeError, ValidationError):
        return None
    return (value, pk) if written_for == sort else None
