"""Everything the board's page shows, as plain values: the page draws them, and a report keeps them as they were."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import formats, timezone

from portal import board_parts, charts
from portal.board import Board, Figure
from portal.board_words import amount
from portal.kpis import Kpi


def paper(board: Board, *, unit_name: str, units: Collection[int] | None, now: datetime) -> dict[str, Any]:
    """`units` are the unit looked at and all below it, or None for the house. One query for the readings, one for each list."""
    met, needs = board.brief
    return {
        "span": board.span.label,
        "span_key": board.span.key,
        "against": board.against.label if board.against else "",
        "unit": unit_name,
        "known_on": plain(board.known_on),
        "refreshed_at": plain(board.refreshed_at),
        "met": met,
        "needs": needs,
        "late": board.late,
        "tiles": [tile(figure, board) for figure in board.tiles],
        "others": [tile(figure, board) for figure in board.others],
        "months": [plain(month) for month in board.trend_months],
        "charts": drawn(board),
        "lists": [listed(part, units, now) for part in board_parts.lists()],
    }


def tile(figure: Figure, board: Board) -> dict[str, Any]:
    """One figure, with what the `tile` component and the tables need."""
    kpi, sums = figure.kpi, figure.sums
    return {
        "key": kpi.slug,
        "url": f"{reverse('kpi_detail', args=[kpi.slug])}?{query_of(board)}",
        "label": str(kpi.label),
        "value": figure.amount,
        "number": plain(figure.value),
        "unit": "" if kpi.leads or figure.value is None else str(kpi.unit),
        "delta": figure.change_text,
        "good": figure.is_better,
        "up": bool(figure.change and figure.change > 0),
        "target": figure.target_text,
        "target_number": plain(figure.target),
        "met": figure.is_met,
        "note": note_of(figure),
        "formula": str(kpi.formula),
        "part": plain(sums.part) if figure.readings else None,
        "whole": plain(sums.whole) if figure.readings and not kpi.counts else None,
        "records": sums.records,
        "settled": figure.is_settled,
        "corrected": figure.is_corrected,
        "spark": [plain(value) for value in figure.trend],
        "goal": plain(figure.target),
    }


def note_of(figure: Figure) -> str:
    """What is missing, where something is; else what the figure measures in short."""
    return "; ".join(figure.missing) if figure.missing else str(figure.kpi.note)


def query_of(board: Board) -> str:
    parts = [f"period={board.span.key}", *([f"unit={board.unit}"] if board.unit else [])]
    return "&".join([*parts, *([f"as_of={board.known_on}"] if board.known_on else [])])


def drawn(board: Board) -> list[dict[str, Any]]:
    labels, found = board_parts.month_labels(board.trend_months), []
    for part in board_parts.charts():
        made = part.draw(labels, {key: board.trend(key) for key in part.keys})
        if made is not None:
            found.append(
                {"key": part.key, "title": str(made.title), "note": str(made.note), "chart": chart_of(made.chart)}
            )
    return found


def chart_of(chart: charts.Chart) -> dict[str, Any]:
    """The chart with what its template asks of it."""
    found = {**asdict(chart), "names": chart.names}
    for series, plain_series in zip(chart.series, found["series"], strict=True):
        plain_series["last"] = series.last
        plain_series["name"] = str(series.name)
    for band in found["bands"]:
        band["cells"] = [{**cell, "name": str(cell["name"])} for cell in band["cells"]]
    return found


def listed(part: board_parts.BoardList, units: Collection[int] | None, now: datetime) -> dict[str, Any]:
    lines, every = part.load(units, now)
    return {
        "key": part.key,
        "title": str(part.title),
        "note": str(part.note),
        "heads": [str(head) for head in part.heads],
        "empty": str(part.empty),
        "all": every,
        "url": reverse(part.url_name) if part.url_name else "",
        "lines": [
            {"title": one.title, "url": one.url, "late": one.is_late, "facts": [words(fact) for fact in one.facts]}
            for one in lines
        ],
    }


def words(value: Any) -> str:
    """A fact of a line as it is read."""
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "j F Y")
    if isinstance(value, date):
        return formats.date_format(value, "j F Y")
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return formats.localize(value, use_l10n=True)
    return str(value) if isinstance(value, str | models.Model) else "" if value is None else str(value)


def plain(value: Any) -> Any:
    """A value that JSON can hold: numbers for drawing, ISO for days and moments."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def numbers(found: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """Heads and rows of the board's figures for a spreadsheet: each figure with its sums, target and twelve months."""
    heads = [
        "figure",
        "value",
        "unit",
        "part",
        "whole",
        "records",
        "change",
        "target",
        "met",
        "formula",
        *(month[:7] for month in found["months"]),
    ]
    rows: list[list[Any]] = [
        [
            one["label"], one["number"], one["unit"], one["part"], one["whole"], one["records"], one["delta"],
            one["target_number"], one["met"], one["formula"], *one["spark"],
        ]
        for one in [*found["tiles"], *found["others"]]
    ]  # fmt: skip
    return heads, rows


def split(kpi: Kpi, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """The value of each unit's reading, the largest number of records first; those without a record are left out."""
    found = [(row, kpi.value(row.part, row.whole)) for row in rows if row.records or row.gap]
    found.sort(key=lambda pair: (-pair[0].records, pair[0].business_unit.name))
    return [
        {
            "unit": row.business_unit,
            "value": row.gap or amount(kpi, value, unit=True),
            "records": row.records,
            "met": None if value is None or row.target is None else kpi.meets(value, row.target),
        }
        for row, value in found
    ]
