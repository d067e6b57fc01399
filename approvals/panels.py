"""Requests, violations, exceptions and policies on the home page, by one query each."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest, FastLanePass, PolicyException, PolicyVersion, Violation
from approvals.states import RequestState, VersionState, ViolationState
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
    return shown([(request, request.is_late(now)) for request in found.for_table()[: SHOWN + 1]])


TITLE, TEMPLATE = _("Waiting for a decision"), "approvals/panels/waiting.html"
register(Panel("returned", _("Sent back to you"), "approvals/panels/returned.html", returned, "needs", order=10))
register(Panel("waiting_reviewer", TITLE, TEMPLATE, waiting, "needs", Role.REVIEWER, 10))
register(Panel("waiting_staff", TITLE, TEMPLATE, waiting, "needs", Role.STAFF, 10))


def violations(user: User) -> dict[str, Any] | None:
    """What this person owns and has to put right, due first."""
    found = Violation.objects.filter(owner__in=user.answers_for, state=ViolationState.OPEN).order_by("due_at", "pk")
    now = timezone.now()
    return shown([(row, row.is_late(now)) for row in found.select_related("policy")[: SHOWN + 1]])


def overdue_exceptions(user: User) -> dict[str, Any] | None:
    """Exceptions in force and overdue, overdue ones first."""
    today = timezone.localdate()
    found = PolicyException.objects.all().register(today).for_table().order_by("ends_on", "pk")
    return shown([(row, row.is_overdue(today)) for row in found[: SHOWN + 1]])


def proposed_versions(user: User) -> dict[str, Any] | None:
    """Versions of policies that wait for a second person, who may be this one."""
    waiting = (
        PolicyVersion.objects.filter(state=VersionState.PROPOSED).exclude(proposed_by=user).exclude(written_by=user)
    )
    found = waiting.select_related("policy", "proposed_by").order_by("proposed_at", "pk")
    return shown([(row, False) for row in found[: SHOWN + 1]])


def passes_to_audit(user: User) -> dict[str, Any] | None:
    """What the rules approved and chance picked for a person to look at."""
    found = FastLanePass.objects.to_audit().for_table().order_by("at", "pk")
    return shown([(row, False) for row in found[: SHOWN + 1]])


def shown(rows: list[Any]) -> dict[str, Any] | None:
    return {"rows": rows[:SHOWN], "more": len(rows) > SHOWN} if rows else None


register(Panel("violations", _("To put right"), "approvals/panels/violations.html", violations, "needs", order=20))
EXCEPTIONS = _("Exceptions in force and overdue")
register(Panel("exceptions", EXCEPTIONS, "approvals/panels/exceptions.html", overdue_exceptions, "new", Role.BOARD, 30))
VERSIONS = "approvals/panels/versions.html"
register(Panel("versions", _("Policies to put in force"), VERSIONS, proposed_versions, "needs", Role.STAFF, 20))
PASSES = "approvals/panels/passes.html"
register(Panel("passes_reviewer", _("Fast lane: to look at"), PASSES, passes_to_audit, "needs", Role.REVIEWER, 30))
register(Panel("passes_staff", _("Fast lane: to look at"), PASSES, passes_to_audit, "needs", Role.STAFF, 30))
