"""Files that are written while they are sent: CSV that no spreadsheet takes for a formula, and JSON lines."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models
from django.http import StreamingHttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Line:
    """A file that gives back what is written to it; csv.writer wants a file."""

    def write(self, text: str) -> str:
        return text


def cell(value: Any) -> Any:
    """The value; text that a spreadsheet would run as a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    writer = csv.writer(Line())
    yield "\ufeff" + writer.writerow(head)  # the mark tells spreadsheets that it is UTF-8
    for row in rows:
        yield writer.writerow([cell(value) for value in row])


def json_lines(records: Iterable[Any]) -> Iterator[str]:
    for record in records:
        yield json.dumps(record, ensure_ascii=False) + "\n"


def attachment(lines: Iterable[str], name: str, content_type: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type=f"{content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def compact(value: Any) -> str:
    """A value of a JSON column as one cell; empty when there is nothing in it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""


def newest_first(found: models.QuerySet[Any], *, size: int = 2_000) -> Iterator[Any]:
    """All rows, read in batches that are each a query of their own: a reader who goes away leaves nothing open."""
    batch = list(found.order_by("-pk")[:size])
    while batch:
        yield from batch
        batch = list(found.filter(pk__lt=batch[-1].pk).order_by("-pk")[:size])
