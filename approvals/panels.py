"""Requests on the home page, by one query each."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest
from approvals.states import RequestState
from portal.models import User
from portal.models.user import Role
from portal.panels import Panel, register

SHOWN = 6


def waiting(user: User) -> dict[str, Any] | None:
    """What this person can decide now, the longest due first."""
    found = ApprovalRequest.objects.waiting_for(user).filter(state=RequestState.SUBMITTED)
    return rows_of(found.order_by("due_at", "pk"))


def returned(user: User) -> dict[str, Any] | None:
    """What was sent back to this person for changes."""
    found = ApprovalRequest.objects.waiting_for(user).filter(state=RequestState.RETURNED)
    return rows_of(found.order_by("ball_since", "pk"))


def rows_of(found: Any) -> dict[str, Any] | None:
    now = timezone.now()
    rows = [(request, request.is_late(now)) for request in found.for_table()[: SHOWN + 1]]
    return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN} if rows else None


TITLE, TEMPLATE = _("Waiting for a decision"), "approvals/panels/waiting.html"
register(Panel("returned", _("Sent back to you"), "approvals/panels/returned.html", returned, "needs", order=10))
register(Panel("waiting_reviewer", TITLE, TEMPLATE, waiting, "needs", Role.REVIEWER, 10))
register(Panel("waiting_staff", TITLE, TEMPLATE, waiting, "needs", Role.STAFF, 10))
