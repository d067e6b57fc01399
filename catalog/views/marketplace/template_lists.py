"""The marketplace: templates to search, narrow and clone."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.filters.templates import TemplateFilter
from catalog.models import Collection, Connector
from catalog.permissions_marketplace import publish_level
from portal.htmx import render_page
from portal.http import Request
from portal.models import User
from portal.models.user import Role
from training import gates


@require_safe
def template_list(request: Request) -> HttpResponse:
    filters = TemplateFilter(request.GET)
    cards = card_context(request.user, filters.connector_names)
    context = {
        "section": "templates",
        "filters": filters,
        "collections": list(Collection.objects.filter(items__isnull=False).distinct()[:6]),
        "asked": quote(filters.words),
        "may_bring": request.user.has_role(Role.STAFF) or cards["level"] >= publish_level(),
        **cards,
    }
    return render_page(
        request, "catalog/marketplace/template_list.html", context, "catalog/marketplace/_template_table.html"
    )


def card_context(user: User, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What a card needs to know of its reader, and of connectors where `names` does not give them; two queries at most."""
    award = gates.counting_by_person([user.pk], timezone.now()).get(user.pk)
    return {
        "level": award.certification.level if award else 0,
        "connector_names": dict(Connector.objects.values_list("slug", "name")) if names is None else names,
    }
