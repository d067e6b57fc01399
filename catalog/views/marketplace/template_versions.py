"""The page of one version: what its check found, and what is to be done with it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalog.models import AppTemplate
from portal.http import Request


@require_safe
def template_version_detail(request: Request, slug: str, number: str) -> HttpResponse:
    template = get_object_or_404(AppTemplate.objects.visible_to(request.user), slug=slug)
    version = get_object_or_404(template.versions.exclude(state="discarded"), number=number)
    context = {"section": "templates", "template": template, "version": version}
    return render(request, "catalog/marketplace/template_version_detail.html", context)
