"""CSV as people really send it: any delimiter, any encoding, quoted line breaks, ragged rows named one by one."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.importing.found import LONGEST_FILE, LONGEST_ROW, MOST_ROWS, BadFile
from catalog.importing.tables import Row, Table, checked
from catalog.importing.texts import decode, is_clean, tidy

DELIMITERS = ",;\t|"
MOST_COLUMNS = 500
LONGEST_NAME = 200
csv.field_size_limit(LONGEST_ROW)


def read(content: bytes, encoding: str = "") -> Table:
    """The table in `content`. Raises BadFile with a sentence when it has no header that can be used."""
    if len(content) > LONGEST_FILE:
        raise BadFile(_("The file is larger than 50 MB. Split it."))
    text, encoding = decode(content, encoding)
    text = text.removeprefix("\ufeff")
    delimiter, text = stated_delimiter(text)
    delimiter = delimiter or likely_delimiter(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header = checked_header(lines)
    return Table(header, rows_below(lines, header), encoding)


def stated_delimiter(text: str) -> tuple[str, str]:
    """Excel writes `sep=;` as a first line; it names the delimiter and is no row."""
    first, _end, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.rstrip("\r")) == 5 and first[4] in DELIMITERS:
        return first[4], rest
    return "", text


def likely_delimiter(text: str) -> str:
    """The one that splits the first rows into the most columns, equally often."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for row, _index in zip(
                csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), range(50), strict=False
            ):
                if row:
                    widths[len(row)] += 1
        except csv.Error:
            pass
        if widths:
            width, times = widths.most_common(1)[0]
            score = (width - 1) * times / widths.total()
            if score > best_score:
                best, best_score = delimiter, score
    return best


def checked_header(lines: Iterator[list[str]]) -> list[str]:
    try:
        header = [tidy(name) for name in next((row for row in lines if any(cell.strip() for cell in row)), [])]
    except csv.Error:
        raise BadFile(
            _("The first row cannot be read as column names. Save the file as CSV with a header row.")
        ) from None
    while header and not header[-1]:
        header.pop()
    if not header:
        raise BadFile(_("The file is empty. It needs a header row and at least one row below it."))
    if len(header) > MOST_COLUMNS:
        raise BadFile(
            _("The file has more than %(limit)d columns. Leave out those that are not needed.")
            % {"limit": MOST_COLUMNS}
        )
    if not all(is_clean(name) and len(name) <= LONGEST_NAME for name in header):
        raise BadFile(_("The first row does not look like column names. Put a header row on top."))
    if empty := [str(i) for i, name in enumerate(header, 1) if not name]:
        raise BadFile(
            _("Column %(columns)s has no name. Name every column in the first row.")
            % {"columns": ", ".join(empty[:10])}
        )
    if twice := [name for name, times in Counter(header).items() if times > 1]:
        raise BadFile(
            _("The header has “%(names)s” more than once. Give each column its own name.")
            % {"names": "”, “".join(twice[:5])}
        )
    return header


def rows_below(lines: Iterator[list[str]], header: list[str]) -> Iterator[Row]:
    number = 0
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield Row(number, {}, sentence_of(number, lines.line_num, error))  # type: ignore[attr-defined]
            continue
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        if number > MOST_ROWS:
            yield Row(
                number,
                {},
                _("The file has more than %(limit)d rows. This row and those below it were not read.")
                % {"limit": MOST_ROWS},
            )
            return
        yield shaped(number, cells, header)


def shaped(number: int, cells: list[str], header: list[str]) -> Row:
    """The cells by column, or a sentence when their number is not that of the header. Empty cells at the end may lack."""
    surplus = cells[len(header) :]
    if len(cells) == len(header) or not any(cell.strip() for cell in surplus) and surplus:
        return checked(number, dict(zip(header, cells, strict=False)))
    found = ngettext("Row %(row)d has %(cells)d cell", "Row %(row)d has %(cells)d cells", len(cells))
    found %= {"row": number, "cells": len(cells)}
    return Row(
        number,
        {},
        _("%(found)s, the header has %(columns)d. Put text that holds the delimiter or a line break in quotes.")
        % {"found": found, "columns": len(header)},
    )


def sentence_of(number: int, line: int, error: csv.Error) -> str:
    facts = {"row": number, "line": line}
    if "field larger" in str(error):
        return _("Row %(row)d (to line %(line)d) has a cell that is far too long. A quote may not be closed.") % facts
    if "unexpected end" in str(error):
        return (
            _("Row %(row)d opens a quote that is never closed, so all lines to the end belong to it. Close the quote.")
            % facts
        )
    return (
        _("Row %(row)d (line %(line)d) has a quote inside a cell. Double the quote, or put the cell in quotes.") % facts
    )
