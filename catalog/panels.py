"""What the catalog shows on the home page: each panel costs one query."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When, Window
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import AppTemplate, Discovery, HandOver, MicroApp, SweepRun
from catalog.models.hand_over import HandOverState
from catalog.models.sweep_run import SweepState
from catalog.states import LIVE_STATES, AppState
from portal.models import User
from portal.models.user import Role
from portal.panels import Panel, register

SHOWN = 6
NEWEST = 5
RECOMMENDED = 2
SOON = 14
TOTAL = Window(Count("pk"))


def first(rows: QuerySet[Any], shown: int = SHOWN) -> tuple[Sequence[Any], int]:
    """The first rows and how many there are in all, by one query."""
    found = list(rows.annotate(total=TOTAL)[:shown])
    return found, found[0].total if found else 0


def listed(rows: QuerySet[Any], shown: int = SHOWN, **more: Any) -> dict[str, Any] | None:
    found, total = first(rows, shown)
    return {"rows": found, "total": total, "more": total - len(found), **more} if found else None


def urgent_first() -> Case:
    return Case(When(state=AppState.FLAGGED, then=Value(0)), default=Value(1), output_field=IntegerField())


def my_urgent_apps(user: User) -> dict[str, Any] | None:
    """My live apps that are flagged as unused, end within two weeks, or are in grace."""
    now = timezone.now()
    soon = user.local_date(now) + timedelta(days=SOON)
    urgent = MicroApp.objects.owned_by(user).live().filter(Q(state=AppState.FLAGGED) | Q(expires_on__lt=soon))
    return listed(urgent.order_by(urgent_first(), "expires_on", "pk"), today=user.local_date(now))


def my_apps(user: User) -> dict[str, Any] | None:
    """All my live apps, the next to end first. With none at all the panel says how to begin."""
    apps = MicroApp.objects.owned_by(user).live().order_by("expires_on", "pk")
    today = user.local_date(timezone.now())
    return listed(apps, today=today) or {"rows": [], "total": 0, "more": 0, "today": today}


def my_drafts(user: User) -> dict[str, Any] | None:
    states = [AppState.DRAFT, AppState.IN_REVIEW]
    return listed(MicroApp.objects.owned_by(user).filter(state__in=states).order_by("-updated_at", "pk"))


def my_hand_overs(user: User) -> dict[str, Any] | None:
    """Apps that somebody wants to hand over to me."""
    waiting = HandOver.objects.filter(taker=user, state=HandOverState.OPEN)
    return listed(waiting.select_related("app", "giver").order_by("at"))


def new_in_my_unit(user: User) -> dict[str, Any] | None:
    if user.business_unit_id is None:
        return None
    apps = MicroApp.objects.live().filter(business_unit=user.business_unit_id)
    newest = apps.select_related("owner").order_by("-activated_at", "pk")[:NEWEST]
    rows = list(newest)
    return {"rows": rows} if rows else None


def recommended_templates(user: User) -> dict[str, Any] | None:
    """Two to begin from: what colleagues of the unit use most, else what is featured. One query."""
    near = Count(
        "clones", filter=Q(clones__app__business_unit=user.business_unit_id, clones__app__state__in=LIVE_STATES)
    )
    found = AppTemplate.objects.published().annotate(near=near).filter(Q(near__gt=0) | Q(featured_at__isnull=False))
    rows = list(found.order_by("-near", "-featured_at", "name")[:RECOMMENDED])
    return {"rows": rows} if rows else None


def open_discoveries(user: User) -> dict[str, Any] | None:
    return listed(Discovery.objects.unsettled().order_by("-pk"), NEWEST)


def held_sweeps(user: User) -> dict[str, Any] | None:
    return listed(SweepRun.objects.filter(state=SweepState.HELD).order_by("-pk"))


def lapsing_apps(user: User) -> dict[str, Any] | None:
    """Live apps of anybody that end within two weeks or are in grace, the first to be archived first."""
    today = user.local_date(timezone.now())
    apps = MicroApp.objects.live().filter(expires_on__lt=today + timedelta(days=SOON))
    return listed(apps.select_related("owner").order_by("expires_on", "pk"), today=today)


def house_in_figures(user: User) -> dict[str, Any]:
    """Sanctioned apps against discoveries, and what the last 30 days took away. Two queries."""
    since = timezone.now() - timedelta(days=30)
    apps = MicroApp.objects.aggregate(
        live=Count("pk", filter=Q(state__in=LIVE_STATES)),
        flagged=Count("pk", filter=Q(state=AppState.FLAGGED)),
        new=Count("pk", filter=Q(state__in=LIVE_STATES, activated_at__gte=since)),
        archived=Count("pk", filter=Q(state=AppState.ARCHIVED, archived_at__gte=since)),
    )
    return {**apps, "discoveries": Discovery.objects.unsettled().count()}


for panel in (
    Panel("urgent_apps", _("Your apps that need an answer"), "catalog/panels/urgent_apps.html", my_urgent_apps, "needs",
          order=5),
    Panel("hand_overs", _("Offered to you"), "catalog/panels/hand_overs.html", my_hand_overs, "needs", order=20),
    Panel("my_apps", _("Your apps"), "catalog/panels/my_apps.html", my_apps, "yours", order=10),
    Panel("drafts", _("Drafts and reviews"), "catalog/panels/drafts.html", my_drafts, "yours", order=20),
    Panel("templates", _("Templates for you"), "catalog/panels/templates.html", recommended_templates, "new", order=10),
    Panel("unit_apps", _("New in your business unit"), "catalog/panels/unit_apps.html", new_in_my_unit, "new"),
    Panel("sweeps", _("Sweeps waiting for two people"), "catalog/panels/sweeps.html", held_sweeps, "needs", Role.STAFF, 20),
    Panel("discoveries", _("Discoveries to triage"), "catalog/panels/discoveries.html", open_discoveries, "needs",
          Role.STAFF, 30),
    Panel("lapsing", _("Apps about to end"), "catalog/panels/lapsing.html", lapsing_apps, "yours", Role.STAFF, 10),
    Panel("figures", _("The house in figures"), "catalog/panels/figures.html", house_in_figures, "yours", Role.BOARD, 10),
):  # fmt: skip
    register(panel)
