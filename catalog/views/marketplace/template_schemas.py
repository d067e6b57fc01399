"""The published schema of template.yaml."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from catalog.templating.metadata import schema_text
from portal.json_schemas import published


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def template_schema(request: HttpRequest) -> HttpResponse:
    """For editors and pipelines: open to everyone."""
    return published(request, schema_text())
