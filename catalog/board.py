"""What the catalog adds to the board's page."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Window
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import MicroApp
from portal import charts
from portal.board_parts import BoardChart, BoardList, Drawn, Need, Trend, register_chart, register_list

MOST, ENDLESS = 5, 2


def known(trend: Trend) -> list[int]:
    """First and last part that are known, for a title that says what became of them."""
    return [int(sums.part) for sums in trend if sums is not None]


def growth(labels: Sequence[str], trends: Mapping[str, Trend]) -> Drawn | None:
    trend = trends["catalog.sanctioned"]
    apps = [None if sums is None else int(sums.part) for sums in trend]
    finds = [None if sums is None else int(sums.whole - sums.part) for sums in trend]
    if len(known(trend)) < 2:
        return None
    grew = turned(apps)
    fell = turned([None if value is None else -value for value in finds])
    title = {
        (True, True): _("Sanctioned apps grow while discoveries fall"),
        (True, False): _("Sanctioned apps grow, and discoveries do not fall"),
        (False, True): _("Discoveries fall, and sanctioned apps do not grow"),
        (False, False): _("Sanctioned apps do not grow, and discoveries do not fall"),
    }[(grew, fell)]
    chart = charts.line(labels, [(_("Sanctioned apps"), apps), (_("Discoveries"), finds)], heading=_("Month"))
    return Drawn(
        title, _("Live apps of the catalog, and finds that nobody has settled, at the end of each month"), chart
    )


def turned(values: Sequence[int | None]) -> bool:
    """Is the last known value above the first?"""
    have = [value for value in values if value is not None]
    return have[-1] > have[0]


def starts(labels: Sequence[str], trends: Mapping[str, Trend]) -> Drawn | None:
    template, connector = trends["catalog.from_template"], trends["catalog.from_connector"]
    both = list(zip(template, connector, strict=True))
    rows = [None if one is None or two is None else (int(one.part), int(two.part), int(one.whole)) for one, two in both]
    have = [row for row in rows if row is not None]
    made, every = sum(row[0] for row in have), sum(row[2] for row in have)
    if len(have) < 2 or not every:
        return None
    series: list[tuple[str, list[int | None]]] = [
        (_("Template"), [row and row[0] for row in rows]),
        (_("Connectors only"), [row and row[1] for row in rows]),
        (_("From scratch"), [row and row[2] - row[0] - row[1] for row in rows]),
    ]
    tenths = round(10 * made / every)
    title = _("Fewer than one in ten new apps start from a template")
    if tenths:
        title = _("%(tenths)s in ten new apps start from a template") % {"tenths": formats.number_format(tenths)}
    return Drawn(
        title, _("Apps that went live each month, by how they began"), charts.stack(labels, series, heading=_("Month"))
    )


def endless(units: Collection[int] | None, now: datetime) -> tuple[list[Need], int]:
    """Live apps renewed again and again without use, the most often first."""
    apps = MicroApp.objects.live().filter(unused_renewals__gte=ENDLESS)
    if units is not None:
        apps = apps.filter(business_unit__in=units)
    rows: list[Any] = list(
        apps.select_related("owner")
        .annotate(every=Window(Count("pk")))
        .order_by("-unused_renewals", F("expires_on"), "pk")[:MOST]
    )
    found = [Need(app.name, app.get_absolute_url(), (app.owner, app.unused_renewals, app.expires_on)) for app in rows]
    return found, rows[0].every if rows else 0


register_chart(BoardChart("growth", 10, ("catalog.sanctioned",), growth))
register_chart(BoardChart("starts", 20, ("catalog.from_template", "catalog.from_connector"), starts))
register_list(
    BoardList(
        "endless",
        30,
        gettext_lazy("Renewed again and again without use"),
        gettext_lazy("Live apps whose last renewals all came without use"),
        (gettext_lazy("App"), gettext_lazy("Owner"), gettext_lazy("Renewals without use"), gettext_lazy("Ends")),
        gettext_lazy("No app is renewed again and again without use."),
        endless,
    )
)
