"""Bringing a template, or a new version of one."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from catalog.actions.marketplace import template_fetches, template_imports
from catalog.actions.marketplace.template_rows import BadTemplate
from catalog.forms.marketplace.template_imports import BUNDLE, URL, BringForm
from catalog.models import AppTemplate
from catalog.permissions_marketplace import denial_to_bring_template
from catalog.views.marketplace.template_desk import kept
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
def template_create(request: Request) -> HttpResponse:
    allow(denial_to_bring_template(request.user, now=timezone.now()))
    return bring_page(request, None)


@require_http_methods(PAGE)
def template_version_create(request: Request, slug: str) -> HttpResponse:
    return bring_page(request, kept(request, slug))


def bring_page(request: Request, template: AppTemplate | None) -> HttpResponse:
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return bring(request, form, template)
        except BadTemplate as error:
            form.add_error(None, str(error))
    context = {"section": "template_desk", "form": form, "template": template}
    return render(request, "catalog/marketplace/template_create.html", context, status=422 if form.errors else 200)


def bring(request: Request, form: BringForm, template: AppTemplate | None) -> HttpResponse:
    said, now = form.cleaned_data, timezone.now()
    if said["way"] == URL:
        return redirect(request, template_fetches.ask(said["url"], by=request.user, now=now, template=template))
    content = said["file"].read()
    if said["way"] == BUNDLE:
        versions = template_imports.bring_bundle(content, by=request.user, now=now, template=template)
        return redirect(request, "catalog:template_desk_detail", versions[-1].template.slug)
    version = template_imports.bring_zip(content, number=said["number"], by=request.user, now=now, template=template)
    return redirect(request, version)
