"""The marketplace: templates to search, narrow and clone."""

from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.filters.templates import TemplateFilter
from catalog.models import AppTemplate, Collection, Connector
from catalog.permissions_marketplace import denial_to_bring_template
from portal.htmx import render_page
from portal.http import Request
from portal.models import User
from training import gates

FEATURED = 3


@require_safe
def template_list(request: Request) -> HttpResponse:
    filters = TemplateFilter(request.GET)
    now = timezone.now()
    found = AppTemplate.objects.published().filter(featured_at__isnull=False)
    context = {
        "section": "templates",
        "filters": filters,
        "collections": list(Collection.objects.filter(items__isnull=False).distinct()[:6]),
        "featured": [] if filters.is_narrowed else list(found.with_figures().order_by("-featured_at")[:FEATURED]),
        "asked": quote(filters.words),
        "may_bring": denial_to_bring_template(request.user, now=now) is None,
        **card_context(request.user),
    }
    return render_page(
        request, "catalog/marketplace/template_list.html", context, "catalog/marketplace/_template_table.html"
    )


def card_context(user: User) -> dict[str, Any]:
    """What a card needs to know of its reader and of connectors; two queries for any number of cards."""
    award = gates.counting_by_person([user.pk], timezone.now()).get(user.pk)
    return {
        "level": award.certification.level if award else 0,
        "connector_names": dict(Connector.objects.values_list("slug", "name")),
    }
