"""Board reports: the page kept as it was, for paper and for later."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from portal import board_paper, paging
from portal.actions import board_snapshots
from portal.htmx import redirect
from portal.http import Request
from portal.measuring import HOUSE
from portal.models import BoardSnapshot, BusinessUnit
from portal.permissions import allow, denial_to_see_board
from portal.views.board import branches, look


@require_safe
def board_report_list(request: Request) -> HttpResponse:
    allow(denial_to_see_board(request.user, HOUSE, led=()))
    rows = BoardSnapshot.objects.select_related("business_unit", "by").defer("content")
    page = paging.page(rows, "-id", size=50, **paging.place(request.GET))
    return render(request, "portal/board_report_list.html", {"section": "board", "page": page})


@require_POST
def board_report_create(request: Request) -> HttpResponse:
    """Keep the page that the address shows."""
    seen = look(request)
    content = board_paper.paper(seen.board, unit_name=seen.unit_name, units=seen.branch, now=seen.now)
    made = board_snapshots.keep(content, unit=seen.unit, by=request.user, now=seen.now)
    return redirect(request, made)


@require_safe
def board_report_detail(request: Request, number: str) -> HttpResponse:
    made = get_object_or_404(BoardSnapshot.objects.select_related("business_unit", "by"), number=number)
    led = branches(
        list(BusinessUnit.objects.led_by(request.user).values_list("pk", flat=True)), list(BusinessUnit.objects.all())
    )
    allow(denial_to_see_board(request.user, made.business_unit_id, led=led))
    context = {
        "section": "board",
        "made": made,
        "paper": made.content,
        "refreshed_at": parse_datetime(made.content["refreshed_at"] or ""),
    }
    return render(request, "portal/board_report_detail.html", context)
