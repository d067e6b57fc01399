"""What the marketplace measures."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.models import Clone, ConnectorUse, MicroApp, ReuseCredit
from catalog.models.marketplace.clone import newer
from portal.kpis import Kpi, register

IS_CLONE = Exists(Clone.objects.filter(app=OuterRef("pk")))
USES_CONNECTOR = Exists(ConnectorUse.objects.filter(app=OuterRef("pk")))


def share(rows: QuerySet[Any], part: Any) -> float | None:
    """Per cent of the rows, in one query; None when there are none."""
    found = rows.aggregate(whole=Count("pk"), part=Count("pk", filter=Q(part)))
    return round(100 * found["part"] / found["whole"], 1) if found["whole"] else None


def reuse(now: datetime) -> float | None:
    return share(MicroApp.objects.live(), Q(IS_CLONE) | Q(USES_CONNECTOR))


def from_templates(now: datetime) -> float | None:
    return share(MicroApp.objects.live(), IS_CLONE)


def on_newest(now: datetime) -> float | None:
    return share(Clone.objects.live(), ~Exists(newer()))


def credited(now: datetime) -> float | None:
    return float(ReuseCredit.objects.count())


PERCENT = _("%")
register(
    Kpi(
        "marketplace.reuse", _("Reuse rate"),
        _("Live apps made from a template or using a connector, of all live apps."), PERCENT, "up", reuse,
    ),
    Kpi(
        "marketplace.templates", _("Apps made from templates"), _("Live apps made from a template, of all live apps."),
        PERCENT, "up", from_templates,
    ),
    Kpi(
        "marketplace.newest", _("Clones on the newest version"),
        _("Live clones that have taken every published version, of all live clones."), PERCENT, "up", on_newest,
    ),
    Kpi(
        "marketplace.credits", _("Credits for reuse"),
        _("Apps of others that went live on somebody's template or connector."), _("apps"), "up", credited,
    ),
)  # fmt: skip
