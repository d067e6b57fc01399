"""The board: its page, its numbers as files. What it shows comes from stored readings alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import board_paper, months, spreadsheets, workbooks
from portal.board import Board
from portal.http import Request
from portal.measuring import HOUSE
from portal.models import BusinessUnit
from portal.months import Span
from portal.permissions import allow, denial_to_keep_figures, denial_to_see_board

SPANS_BACK = 12
AGAINST = {"before": lambda span: span.before(), "year": lambda span: span.before(years=1), "none": lambda span: None}


@dataclass(frozen=True)
class Look:
    """What an address asks to see, after it was allowed. `branch` are the unit and all below it, None for the house."""

    board: Board
    unit: BusinessUnit | None
    branch: Collection[int] | None
    choices: list[BusinessUnit]
    sees_house: bool
    compare: str
    now: datetime

    @property
    def unit_name(self) -> str:
        return self.unit.name if self.unit else ""


def look(request: Request) -> Look:
    """Everything unknown in the address is as if it were not there. Raises PermissionDenied, and Http404 for no such unit."""
    now = timezone.now()
    today = timezone.localdate(now, timezone.get_default_timezone())
    known_on = read_day(request.GET.get("as_of", ""), today)
    every = list(BusinessUnit.objects.order_by("name", "pk"))
    own = [unit for unit in every if unit.lead_id == request.user.pk]
    led = branches([unit.pk for unit in own], every)
    sees_all = denial_to_see_board(request.user, HOUSE, led=()) is None
    unit = chosen_unit(request.GET.get("unit", ""), every, [] if sees_all else own)
    allow(denial_to_see_board(request.user, unit.pk if unit else HOUSE, led=led))
    span = months.span_from(request.GET.get("period", "")) or months.quarterly(known_on or today)
    if span.first > today:
        span = months.quarterly(today)
    compare = request.GET.get("compare", "") if request.GET.get("compare") in AGAINST else "before"
    board = Board(span, unit=unit.pk if unit else HOUSE, against=AGAINST[compare](span), today=today, known_on=known_on)
    branch = branches([unit.pk], every) if unit else None
    return Look(board, unit, branch, [one for one in every if sees_all or one.pk in led], sees_all, compare, now)


def chosen_unit(text: str, every: list[BusinessUnit], own: list[BusinessUnit]) -> BusinessUnit | None:
    """The unit an address names; without one the first of `own`, or the house when there is none."""
    if text:
        found = next((unit for unit in every if str(unit.pk) == text), None)
        if found is None:
            raise Http404
        return found
    return own[0] if own else None


def branches(roots: list[int], every: list[BusinessUnit]) -> frozenset[int]:
    """The given units and all below them."""
    found = set(roots)
    while more := {unit.pk for unit in every if unit.parent_id in found} - found:
        found |= more
    return frozenset(found)


def read_day(text: str, today: date) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day is not None and day < today else None


@require_safe
def board_detail(request: Request) -> HttpResponse:
    seen = look(request)
    context = {
        "section": "board",
        "paper": board_paper.paper(seen.board, unit_name=seen.unit_name, units=seen.branch, now=seen.now),
        "refreshed_at": seen.board.refreshed_at,
        "seen": seen,
        "spans": spans(seen.board.span, seen.board.today),
        "query": request.GET.urlencode(),
        "may_keep": denial_to_keep_figures(request.user) is None,
    }
    return render(request, "portal/board_detail.html", context)


@require_safe
def board_export(request: Request) -> HttpResponseBase:
    """The figures as CSV, or as XLSX with `format=xlsx`."""
    seen = look(request)
    found = board_paper.paper(seen.board, unit_name=seen.unit_name, units=seen.branch, now=seen.now)
    heads, rows = board_paper.numbers(found)
    name = f"board-{seen.board.span.key}"
    if request.GET.get("format") == "xlsx":
        about = [
            [_("Period"), found["span"]],
            [_("Business unit"), found["unit"] or _("All")],
            [_("Read"), found["refreshed_at"]],
        ]
        return workbooks.xlsx_response(f"{name}.xlsx", [(_("Figures"), heads, rows), (_("About"), ["", ""], about)])
    return spreadsheets.csv_response(f"{name}.csv", heads, rows)


def spans(chosen: Span, today: date) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """The periods to choose from, in groups: twelve months, quarters, months."""
    this = months.month_of(today)
    monthly = [months.monthly(months.shifted(this, -back)) for back in range(SPANS_BACK)]
    quarterly = list(dict.fromkeys(months.quarterly(span.first) for span in monthly))
    groups = [(_("Year"), [months.yearly(this)]), (_("Quarters"), quarterly), (_("Months"), monthly)]
    if all(chosen not in found for _title, found in groups):
        groups.insert(0, (_("Chosen"), [chosen]))
    return [(title, [(span.key, span.label, span == chosen) for span in found]) for title, found in groups]
