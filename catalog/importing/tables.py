"""A table, whatever file it came from: a header, and rows that are cells or a sentence that says why not."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.importing.found import LONGEST_ROW
from catalog.importing.texts import is_clean


@dataclass(frozen=True)
class Row:
    """`number` counts the rows under the header from 1. `cells` is empty when there is a `refusal`."""

    number: int
    cells: dict[str, str]
    refusal: str = ""


@dataclass(frozen=True)
class Table:
    """`encoding` is empty for JSON. `rows` can be read once."""

    header: list[str]
    rows: Iterator[Row]
    encoding: str = ""


def header_digest(header: list[str]) -> str:
    """Names a header: two files with the same columns in the same order have the same digest."""
    return hashlib.sha256(json.dumps(header, ensure_ascii=True).encode()).hexdigest()


def checked(number: int, cells: dict[str, str]) -> Row:
    """The row, or its refusal when the database could not keep it."""
    if sum(map(len, cells.values())) > LONGEST_ROW:
        return Row(
            number,
            {},
            _("Row %(row)d holds more than %(limit)d characters. Shorten its cells.")
            % {"row": number, "limit": LONGEST_ROW},
        )
    for name, cell in cells.items():
        if not is_clean(cell):
            return Row(
                number,
                {},
                _("Row %(row)d has a character in “%(column)s” that is not text (NUL or half a letter). Remove it.")
                % {"row": number, "column": name},
            )
    return Row(number, cells)
