"""The list of apps, and the same list of one's own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.filters.facets import Facet, count
from catalog.filters.micro_apps import MicroAppFilter
from catalog.filters.unit_tree import UnitTree
from catalog.models import Connector, MicroApp
from catalog.models.micro_app_set import MicroAppQuerySet
from portal.htmx import render_page
from portal.http import Request
from portal.models import User
from portal.models.user import Role
from portal.navigation import address
from portal.paging import page
from portal.templatetags.lists import without_place

PAGE_SIZE = 50


@dataclass(frozen=True)
class Chip:
    label: str
    url: str


@require_safe
def micro_app_list(request: Request) -> HttpResponse:
    filters = filters_of(request, MicroApp.objects.visible_to(request.user))
    return render_page(
        request,
        "catalog/micro_app_list.html",
        {"section": "apps", "here": reverse("catalog:micro_app_list"), **context_of(request, filters)},
        fragment="catalog/_micro_app_table.html",
    )


@require_safe
def my_app_list(request: Request) -> HttpResponse:
    filters = filters_of(request, MicroApp.objects.owned_by(request.user))
    return render_page(
        request,
        "catalog/micro_app_list.html",
        {"section": "my_apps", "mine": True, "here": reverse("catalog:my_app_list"), **context_of(request, filters)},
        fragment="catalog/_micro_app_table.html",
    )


def filters_of(request: Request, queryset: MicroAppQuerySet, now: datetime | None = None) -> MicroAppFilter:
    """The filters the address asks for, over a set of apps."""
    return MicroAppFilter(
        request.GET,
        queryset,
        now=now or timezone.now(),
        units=UnitTree.load(),
        connectors=Connector.objects.order_by("name").values_list("slug", "name"),
    )


def context_of(request: Request, filters: MicroAppFilter) -> dict[str, Any]:
    counted = count(filters)
    apps = page(
        filters.rows(),
        filters.column,
        size=PAGE_SIZE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    may_act = actable(request.user, apps.rows) if address("catalog:bulk_create") else frozenset()
    return {
        "apps": apps,
        "counted": counted,
        "words": filters.chosen["q"],
        "sort": filters.sort,
        "sorts": sorts(filters),
        "chips": chips(request, filters, counted.facets),
        "may_act": may_act,
        "bulk_url": address("catalog:bulk_create"),
        "query": without_place(request.GET),
    }


def actable(user: User, rows: list[MicroApp]) -> frozenset[int]:
    """The apps of the page on which this reader may act."""
    if user.has_role(Role.STAFF):
        return frozenset(app.pk for app in rows)
    return frozenset(app.pk for app in rows if {app.owner_id, app.second_owner_id} & set(user.answers_for))


def sorts(filters: MicroAppFilter) -> list[tuple[str, str, bool]]:
    """The choices of the sort menu: value, label, chosen."""
    offered = [("-relevance", _("Best match"))] if filters.chosen["q"] else []
    offered += [
        ("name", _("Name")),
        ("ends", _("Ends first")),
        ("-used", _("Most used")),
        ("-created", _("Newest")),
    ]
    if filters.sort not in dict(offered):
        offered.append((filters.sort, _("As in the table")))
    return [(value, label, value == filters.sort) for value, label in offered]


def chips(request: Request, filters: MicroAppFilter, facets: list[Facet]) -> list[Chip]:
    """What is in force, each with the address of the list without it."""
    found = []
    for facet in facets:
        for option in facet.chosen:
            query = request.GET.copy()
            query.setlist(facet.name, [value for value in query.getlist(facet.name) if value != option.value])
            label = _("%(filter)s: %(value)s") % {"filter": facet.legend, "value": str(option.label).lstrip("– ")}
            found.append(Chip(label, without_place(query)))
    return found
