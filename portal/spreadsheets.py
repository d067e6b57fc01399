"""CSV files that open well in a spreadsheet and run nothing there."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.http import StreamingHttpResponse
from django.utils.functional import Promise

BOM = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    """What csv writes to: gives the line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def harmless(value: Any) -> Any:
    """The value, with an apostrophe before text that a spreadsheet would take for a formula."""
    if isinstance(value, Promise):
        value = str(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def lines(head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield BOM + writer.writerow([str(name) for name in head])
    for row in rows:
        yield writer.writerow([harmless(value) for value in row])


def csv_response(filename: str, head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """A download, sent while it is read from the database."""
    response = StreamingHttpResponse(lines(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
