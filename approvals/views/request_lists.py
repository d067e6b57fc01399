"""The inbox: what waits for the reader, for their colleagues, everything open, and what is over."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from approvals.filters.requests import RequestFilter
from approvals.models import ApprovalRequest
from approvals.permissions_fast_lane import denial_to_see_passes
from approvals.registry import subject_for
from approvals.risk import factor_from
from portal import counters
from portal.htmx import render_page
from portal.http import Request
from portal.models import User
from portal.paging import page, place

PAGE_SIZE = 60


def waiting_count(user: User) -> int:
    return ApprovalRequest.objects.waiting_for(user).count()


counters.register("approvals", waiting_count)


@require_safe
def request_list(request: Request) -> HttpResponse:
    """Due first; of what is over, the latest first."""
    now, filters = timezone.now(), RequestFilter(request.GET, request.user)
    found = page(filters.rows().for_table().with_top_factor(), filters.sort, size=PAGE_SIZE, **place(request.GET))
    rows = [row_of(one, now) for one in found.rows]
    context = {
        "section": "approvals",
        "filters": filters,
        "tab": filters.tab,
        "tabs": filters.tabs(),
        "found": found,
        "rows": rows,
        "has_bulk": filters.tab == "mine" and any(row["in_bulk"] for row in rows),
        "sees_fast_lane": denial_to_see_passes(request.user) is None,
    }
    return render_page(request, "approvals/request_list.html", context, fragment="approvals/_request_table.html")


def row_of(one: Any, now: Any) -> dict[str, Any]:
    """`in_bulk`: low risk, so that it may be decided together with its equals."""
    return {
        "asked": one,
        "kind": subject_for(one.kind).label,
        "is_late": one.is_late(now),
        "factor": factor_from(one.top_factor) if one.top_factor and one.top_factor["points"] else None,
        "in_bulk": one.state == "submitted" and one.tier == "low",
    }
