"""What the approvals add to the board's page: exceptions, overdue ones first, and decisions that are due."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Count, Window
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest, PolicyException
from approvals.states import RequestState
from portal.board_parts import BoardList, Need, register_list

MOST = 5


def exceptions(units: Collection[int] | None, now: datetime) -> tuple[list[Need], int]:
    """The register: those whose last day is earliest first, so that the overdue ones lead."""
    today = timezone.localdate(now, timezone.get_default_timezone())
    found = PolicyException.objects.register(today)
    if units is not None:
        found = found.filter(business_unit__in=units)
    rows: list[Any] = list(
        found.select_related("policy", "owner").annotate(every=Window(Count("pk"))).order_by("ends_on", "pk")[:MOST]
    )
    lines = [
        Need(row.title, row.get_absolute_url(), (row.policy, row.owner, row.ends_on), row.ends_on < today)
        for row in rows
    ]
    return lines, rows[0].every if rows else 0


def decisions(units: Collection[int] | None, now: datetime) -> tuple[list[Need], int]:
    """Requests that wait for a decision above the low tier, the one due first first."""
    found = ApprovalRequest.objects.filter(state=RequestState.SUBMITTED, tier__in=["medium", "high"])
    if units is not None:
        found = found.filter(business_unit__in=units)
    rows: list[Any] = list(
        found.select_related("requested_by").annotate(every=Window(Count("pk"))).order_by("due_at", "pk")[:MOST]
    )
    lines = [
        Need(
            row.title, row.get_absolute_url(), (row.get_tier_display(), row.requested_by, row.due_at), row.due_at < now
        )
        for row in rows
    ]
    return lines, rows[0].every if rows else 0


register_list(
    BoardList(
        "exceptions",
        10,
        _("Exceptions, the first to end first"),
        _("In force, or overdue: ended while the thing is still wrong"),
        (_("For what"), _("Policy"), _("Owner"), _("Ends")),
        _("No exception is in force."),
        exceptions,
        "approvals:exception_list",
    )
)
register_list(
    BoardList(
        "decisions",
        20,
        _("Decisions due"),
        _("Requests of medium and high risk that wait for reviewers"),
        (_("Request"), _("Risk"), _("Asked by"), _("Due")),
        _("No request of medium or high risk waits."),
        decisions,
        "approvals:request_list",
    )
)
