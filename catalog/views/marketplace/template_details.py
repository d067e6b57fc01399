"""The page of one template."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from catalog.models import AppTemplate
from portal.http import Request


@require_safe
def template_by_id(request: Request, pk: int) -> HttpResponse:
    """The address that the audit log keeps."""
    return redirect(get_object_or_404(AppTemplate.objects.visible_to(request.user), pk=pk))


@require_safe
def template_detail(request: Request, slug: str) -> HttpResponse:
    template = get_object_or_404(AppTemplate.objects.visible_to(request.user).select_related("latest"), slug=slug)
    return render(request, "catalog/marketplace/template_detail.html", {"section": "templates", "template": template})
