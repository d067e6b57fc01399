"""What the marketplace measures."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Clone, MicroApp, ReuseCredit
from portal.kpis import Kpi, register


def share(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def reuse(now: datetime) -> float | None:
    live = MicroApp.objects.live()
    built = live.filter(Q(clone__isnull=False) | Q(connector_uses__isnull=False)).distinct()
    return share(built.count(), live.count())


def from_templates(now: datetime) -> float | None:
    live = MicroApp.objects.live()
    return share(live.filter(clone__isnull=False).count(), live.count())


def on_newest(now: datetime) -> float | None:
    clones = Clone.objects.live()
    whole = clones.count()
    return share(whole - clones.behind().count(), whole)


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
