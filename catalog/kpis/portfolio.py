"""The apps the house has: sanctioned or found, how fast they came, what they are built from, how they connect."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from catalog.kpis.shown import app_record, yes_no
from catalog.models import Clone, ConnectorUse, Discovery, ExternalHost, MicroApp
from catalog.models.connector import ConnectorStatus
from portal.kpi_rows import counted, days, yes
from portal.kpis import Kpi, Record, Source, Window, register

UNIT = "business_unit"
IS_CLONE = Exists(Clone.objects.filter(app=OuterRef("pk")))
APPROVED = ConnectorUse.objects.filter(app=OuterRef("pk"), connector__status=ConnectorStatus.APPROVED)
UNAPPROVED = ConnectorUse.objects.filter(app=OuterRef("pk")).exclude(connector__status=ConnectorStatus.APPROVED)
DIRECT = ExternalHost.objects.filter(app=OuterRef("pk"))
APP_HEADS = (_("Owner"), _("Went live"), _("Counts"))
C4E, BOARD = _("C4E"), _("Governance board")


def live_at(moment: datetime) -> QuerySet[MicroApp]:
    return MicroApp.objects.live_at(moment).select_related("owner").order_by("name", "pk")


def unsettled_at(moment: datetime) -> QuerySet[Discovery]:
    found = Discovery.objects.filter(Q(settled_at=None) | Q(settled_at__gte=moment), first_seen_at__lt=moment)
    return found.order_by("name", "pk")


def shown(app: Any) -> Record:
    return app_record(app, app.owner, app.activated_at, yes_no(app.kpi_part))


def sanctioned(window: Window) -> QuerySet[MicroApp]:
    return counted(live_at(window.until), unit=UNIT)


def found(window: Window) -> QuerySet[Discovery]:
    return counted(unsettled_at(window.until), unit=UNIT, part=Value(0))


def delivered(window: Window) -> QuerySet[MicroApp]:
    """Apps that went live here for the first time; those that came from an inventory were live before, and say nothing."""
    went = MicroApp.objects.filter(activated_at__gte=window.since, activated_at__lt=window.until, external_id="")
    return went.select_related("owner").order_by("-activated_at", "pk")


def delivery(window: Window) -> QuerySet[MicroApp]:
    return counted(delivered(window), unit=UNIT, part=days(F("activated_at") - F("created_at")))


def reuse(window: Window) -> QuerySet[MicroApp]:
    return counted(live_at(window.until), unit=UNIT, part=yes(Q(IS_CLONE) | Q(Exists(APPROVED))))


def from_template(window: Window) -> QuerySet[MicroApp]:
    return counted(delivered(window), unit=UNIT, part=yes(IS_CLONE))


def from_connector(window: Window) -> QuerySet[MicroApp]:
    return counted(delivered(window), unit=UNIT, part=yes(~Q(IS_CLONE) & Q(Exists(APPROVED))))


def connected(window: Window) -> QuerySet[MicroApp]:
    """Apps that reach something outside themselves; the part are those that do so by approved connectors alone."""
    reaches = live_at(window.until).filter(Q(Exists(APPROVED)) | Q(Exists(UNAPPROVED)) | Q(Exists(DIRECT)))
    return counted(reaches, unit=UNIT, part=yes(~Q(Exists(UNAPPROVED)) & ~Q(Exists(DIRECT))))


def found_record(one: Any) -> Record:
    return Record(one.name, one.get_absolute_url(), (one.owner_hint, one.first_seen_at, yes_no(one.kpi_part)))


def delivered_record(app: Any) -> Record:
    return app_record(app, app.owner, app.created_at, app.activated_at, round(app.kpi_part, 1))


register(
    Kpi(
        "catalog.sanctioned",
        _("Sanctioned share"),
        _("How much of what runs in the company is in the catalog, with an owner and an end date."),
        _(
            "Live apps of the catalog, of these and the discoveries that nobody has settled yet, at the end of the period."
        ),
        "%",
        "up",
        (
            Source("apps", _("Live apps"), sanctioned, shown, APP_HEADS),
            Source(
                "discoveries",
                _("Discoveries not settled"),
                found,
                found_record,
                (_("Owner as found"), _("First seen"), _("Counts")),
            ),
        ),
        origin=_("The catalog, and the inventories that were imported."),
        owner=C4E,
        note=_("Catalog apps, of all that were found"),
        findings=(
            _("More of what runs is sanctioned"),
            _("Less of what runs is sanctioned"),
            _("The sanctioned share stands still"),
        ),
        scale=100,
        stands=True,
        rank=1,
        target=Decimal(85),
    ),
    Kpi(
        "catalog.delivery",
        _("Time to deliver"),
        _("How long a maker waits from the idea to a live app."),
        _(
            "Days from the first draft to going live: the mean of the apps that went live in the period, without imported ones."
        ),
        _("days"),
        "down",
        (
            Source(
                "apps",
                _("Apps that went live"),
                delivery,
                delivered_record,
                (_("Owner"), _("Begun"), _("Went live"), _("Days")),
            ),
        ),
        origin=_("The catalog."),
        owner=C4E,
        note=_("Mean, idea to production"),
        findings=(_("Apps go live faster"), _("Apps take longer to go live"), _("Apps go live as fast as before")),
        rank=2,
        target=Decimal(10),
    ),
    Kpi(
        "catalog.reuse",
        _("Reuse rate"),
        _("How much is built on what others made."),
        _("Live apps made from a template or using an approved connector, of all live apps, at the end of the period."),
        "%",
        "up",
        (Source("apps", _("Live apps"), reuse, shown, APP_HEADS),),
        origin=_("The catalog."),
        owner=C4E,
        note=_("Apps built on templates or connectors"),
        findings=(
            _("More apps are built on what is there"),
            _("Fewer apps are built on what is there"),
            _("Reuse stands still"),
        ),
        scale=100,
        stands=True,
        rank=4,
        target=Decimal(60),
    ),
    Kpi(
        "catalog.connectors",
        _("Approved connections only"),
        _("How many of the apps that reach other systems do so the safe way."),
        _(
            "Live apps that use approved connectors and call no host directly, of the live apps that connect to anything."
        ),
        "%",
        "up",
        (Source("apps", _("Live apps that connect to something"), connected, shown, APP_HEADS),),
        origin=_("The catalog."),
        owner=C4E,
        scale=100,
        stands=True,
        target=Decimal(90),
        findings=(
            _("More apps connect the safe way"),
            _("Fewer apps connect the safe way"),
            _("Connections are as safe as before"),
        ),
    ),
    Kpi(
        "catalog.from_template",
        _("Begun from a template"),
        _("How many new apps start from a template."),
        _("Apps made from a template, of the apps that went live in the period."),
        "%",
        "up",
        (Source("apps", _("Apps that went live"), from_template, shown, APP_HEADS),),
        origin=_("The catalog."),
        owner=C4E,
        scale=100,
        findings=(
            _("More apps start from a template"),
            _("Fewer apps start from a template"),
            _("As many apps start from a template"),
        ),
    ),
    Kpi(
        "catalog.from_connector",
        _("Begun with connectors only"),
        _("How many new apps use approved connectors without a template."),
        _("Apps not made from a template that use an approved connector, of the apps that went live in the period."),
        "%",
        "up",
        (Source("apps", _("Apps that went live"), from_connector, shown, APP_HEADS),),
        origin=_("The catalog."),
        owner=C4E,
        scale=100,
    ),
)
