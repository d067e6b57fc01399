"""Apps a person owns, on their page."""

from typing import Any

from django.db.models import Case, Count, Value, When, Window
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import AppTemplate, MicroApp
from catalog.states import LIVE_STATES
from portal.models import User
from portal.profiles import Section, register

SHOWN = 12


def apps_owned(viewer: User, person: User) -> dict[str, Any] | None:
    """Those the viewer may see: live ones first, the next to end first. Always shown, also when there is none."""
    apps = MicroApp.objects.owned_by(person).visible_to(viewer).annotate(total=Window(Count("pk")))
    live_first = Case(When(state__in=LIVE_STATES, then=Value(0)), default=Value(1))
    rows = list(apps.order_by(live_first, "expires_on", "name")[:SHOWN])
    total = rows[0].total if rows else 0
    return {"rows": rows, "total": total, "more": total - len(rows), "today": viewer.local_date(timezone.now())}


def templates_written(viewer: User, person: User) -> dict[str, Any] | None:
    """What they wrote and others build on. One query; nothing when there is none."""
    rows = list(AppTemplate.objects.published().with_figures().filter(author=person).order_by("name")[:SHOWN])
    return {"rows": rows} if rows else None


register(
    Section("templates", _("Templates written"), "catalog/profiles/templates_written.html", templates_written, order=15)
)
register(Section("apps", _("Apps owned"), "catalog/profiles/apps_owned.html", apps_owned, order=10))
