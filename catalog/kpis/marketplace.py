"""What the marketplace measures."""

from typing import Any

from django.db.models import Exists, QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.kpis.portfolio import C4E, IS_CLONE, live_at, shown
from catalog.kpis.shown import app_record, yes_no
from catalog.models import Clone, MicroApp, ReuseCredit
from catalog.models.marketplace.clone import newer
from portal.kpi_rows import counted, yes
from portal.kpis import Kpi, Record, Source, Window, register


def templates(window: Window) -> QuerySet[MicroApp]:
    return counted(live_at(window.until), unit="business_unit", part=yes(IS_CLONE))


def newest(window: Window) -> QuerySet[Clone]:
    clones = Clone.objects.filter(app__in=MicroApp.objects.live_at(window.until), created_at__lt=window.until)
    rows = clones.select_related("app", "template", "version").order_by("app__name", "pk")
    return counted(rows, unit="app__business_unit", part=yes(~Exists(newer())))


def credits(window: Window) -> QuerySet[ReuseCredit]:
    earned = ReuseCredit.objects.filter(at__gte=window.since, at__lt=window.until)
    return counted(earned.select_related("app", "author").order_by("-at", "pk"), unit="author__business_unit")


def clone_record(clone: Any) -> Record:
    return app_record(clone.app, clone.template, clone.version.number, yes_no(clone.kpi_part))


def credit_record(credit: Any) -> Record:
    return app_record(credit.app, credit.author, credit.get_kind_display(), credit.at)


register(
    Kpi(
        "marketplace.templates",
        _("Apps made from templates"),
        _("How much of the catalog came from the marketplace."),
        _("Live apps made from a template, of all live apps."),
        "%",
        "up",
        (Source("apps", _("Live apps"), templates, shown, (_("Owner"), _("Went live"), _("Counts"))),),
        origin=_("The catalog."),
        owner=C4E,
        scale=100,
        stands=True,
        findings=(
            _("More apps come from templates"),
            _("Fewer apps come from templates"),
            _("Templates hold their share"),
        ),
    ),
    Kpi(
        "marketplace.newest",
        _("Clones on the newest version"),
        _("Whether improvements reach the apps that were made before."),
        _("Live clones that have taken every published version, of all live clones."),
        "%",
        "up",
        (Source("clones", _("Live clones"), newest, clone_record, (_("Template"), _("Version"), _("Counts"))),),
        origin=_("The lineage of clones, as it is when the reading is taken."),
        owner=C4E,
        scale=100,
        stands=True,
        findings=(
            _("More clones are up to date"),
            _("Fewer clones are up to date"),
            _("Clones are as up to date as before"),
        ),
    ),
    Kpi(
        "marketplace.credits",
        _("Credits for reuse"),
        _("How often somebody's template or connector carried an app of others."),
        _("Apps of others that went live on somebody's template or connector in the period."),
        _("credits"),
        "up",
        (Source("credits", _("Credits"), credits, credit_record, (_("Author"), _("For"), _("Earned"))),),
        origin=_("The ledger of reuse."),
        owner=C4E,
        decimals=0,
        counts=True,
        findings=(_("More is reused"), _("Less is reused"), _("As much is reused as before")),
    ),
)
