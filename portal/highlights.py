"""What the audit log puts on the home page of board members and auditors."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import timeline
from portal.models import AuditBlock, AuditEvent, User
from portal.models.user import Role
from portal.panels import Panel, register

SHOWN = 8
MATTERS = (
    "catalog.app_approved", "catalog.app_archived", "catalog.app_restored", "catalog.app_retired",
    "catalog.app_flagged", "portal.role_given", "portal.role_taken", "portal.person_left",
)  # fmt: skip


def what_changed(user: User) -> dict[str, Any] | None:
    """What a board asks about: apps that came and went, and who got or lost a role, in the last 30 days."""
    since = timezone.now() - timedelta(days=30)
    rows = timeline.entries(AuditEvent.objects.filter(verb__in=MATTERS, at__gte=since).order_by("-id")[:SHOWN])
    return {"rows": rows} if rows else None


def last_seal(user: User) -> dict[str, Any]:
    """The newest sealed block and how many events wait for the next one."""
    block = AuditBlock.objects.order_by("-number").first()
    return {"block": block, "unsealed": AuditEvent.objects.filter(id__gt=block.last_id if block else 0).count()}


def latest_events(user: User) -> dict[str, Any] | None:
    rows = timeline.entries(AuditEvent.objects.order_by("-id")[:SHOWN])
    return {"rows": rows} if rows else None


CHANGED, EVENTS = "portal/panels/what_changed.html", _("What changed in the last 30 days")
register(Panel("what_changed_board", EVENTS, CHANGED, what_changed, "new", Role.BOARD))
register(Panel("what_changed_staff", EVENTS, CHANGED, what_changed, "new", Role.STAFF))
register(Panel("last_seal", _("Last sealed block"), "portal/panels/last_seal.html", last_seal, "yours", Role.AUDITOR))
register(
    Panel("latest_events", _("Latest events"), "portal/panels/latest_events.html", latest_events, "new", Role.AUDITOR)
)
