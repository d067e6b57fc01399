"""Spreadsheets as XLSX. Every text is written as text, so that no cell runs as a formula."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.http import HttpResponse

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 60


def workbook(sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]) -> bytes:
    """Sheets of (name, heads, rows). Numbers stay numbers; everything else is text, also what begins with an equals sign."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        for name, heads, rows in sheets:
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 0)
            widths = [len(head) for head in heads]
            sheet.write_row(0, 0, heads, bold)
            for at, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    widths[column] = max(widths[column], len(str(value if value is not None else "")))
                    write(sheet, at, column, value)
            for column, width in enumerate(widths):
                sheet.set_column(column, column, min(width + 2, WIDEST))
    return made.getvalue()


def write(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int | float):
        sheet.write_string(row, column, str(value))
    else:
        sheet.write_number(row, column, value)


def xlsx_response(filename: str, sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]) -> HttpResponse:
    response = HttpResponse(workbook(sheets), content_type=KIND)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
