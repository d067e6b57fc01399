"""The manifest's door: its published schema, and a new app out of a file."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from catalog.forms.manifests import ManifestForm
from catalog.forms.micro_apps import MicroAppForm, first_values
from catalog.manifest import schema_text
from portal.http import Request
from portal.json_schemas import published


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def manifest_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of microapp.yaml, for editors and pipelines: open to everyone."""
    return published(request, schema_text())


@require_http_methods(["GET", "HEAD", "POST"])
def manifest_create(request: Request) -> HttpResponse:
    """Read a manifest into the form of a new app. Nothing is saved before the person has seen it there."""
    form = ManifestForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = form.manifest.values
        needs_nothing = not any(values.get(name) for name in ("connectors", "hosts", "apps"))
        first = {**first_values(request.user), **values, "needs_nothing": needs_nothing}
        filled = MicroAppForm(user=request.user, initial=first)
        context = {"form": filled, "app": None, "section": "my_apps", "can_submit": True, "from_manifest": True}
        return render(request, "catalog/micro_app_form.html", context)
    status = 422 if request.method == "POST" else 200
    return render(request, "catalog/manifest_create.html", {"form": form, "section": "my_apps"}, status=status)
