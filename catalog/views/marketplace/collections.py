"""Collections of templates, and the page of an author."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.actions.marketplace import collections
from catalog.forms.marketplace.wishes import CollectionForm
from catalog.models import AppTemplate, Collection, MicroApp, ReuseCredit
from catalog.views.marketplace.template_lists import card_context
from portal.htmx import redirect
from portal.http import Request
from portal.models import User
from portal.paging import page, place
from portal.permissions import allow, denial_to_use_console
from portal.states import InvalidTransition

PAGE, CREDITS = ["GET", "HEAD", "POST"], 50


@require_safe
def collection_detail(request: Request, slug: str) -> HttpResponse:
    collection = get_object_or_404(Collection, slug=slug)
    ids = list(collection.items.values_list("template", flat=True))
    templates = AppTemplate.objects.published().with_figures().in_bulk(ids)
    context = {
        "section": "templates",
        "collection": collection,
        "templates": [templates[pk] for pk in ids if pk in templates],
        "may_keep": denial_to_use_console(request.user) is None,
        **card_context(request.user),
    }
    return render(request, "catalog/marketplace/collection_detail.html", context)


@require_http_methods(PAGE)
def collection_create(request: Request) -> HttpResponse:
    return form_page(request, None)


@require_http_methods(PAGE)
def collection_edit(request: Request, slug: str) -> HttpResponse:
    return form_page(request, get_object_or_404(Collection, slug=slug))


def form_page(request: Request, collection: Collection | None) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    first: dict[str, Any] = {}
    if collection is not None:
        slugs = list(collection.items.values_list("template__slug", flat=True))
        first = {"title": collection.title, "summary": collection.summary, "templates": slugs}
    form = CollectionForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            kept = collections.keep(collection, **form.cleaned_data, by=request.user, now=timezone.now())
        except InvalidTransition as refusal:
            form.add_error("title", str(refusal))
        else:
            messages.success(request, _("%(title)s is saved.") % {"title": kept.title})
            return redirect(request, kept)
    context = {"section": "templates", "form": form, "collection": collection}
    return render(request, "catalog/marketplace/collection_form.html", context, status=422 if form.errors else 200)


@require_POST
def collection_removal_create(request: Request, slug: str) -> HttpResponse:
    collections.remove(get_object_or_404(Collection, slug=slug), by=request.user, now=timezone.now())
    messages.success(request, _("The collection is removed. Its templates stay."))
    return redirect(request, "catalog:template_list")


@require_safe
def template_author_detail(request: Request, pk: int) -> HttpResponse:
    """What somebody wrote, and the credit that its reuse earned: names of apps only where the reader may see the app."""
    author = get_object_or_404(User, pk=pk)
    credits = ReuseCredit.objects.filter(author=author).select_related("template", "connector", "app")
    shown = page(credits, "-at", size=CREDITS, **place(request.GET))
    seen = MicroApp.objects.visible_to(request.user).filter(pk__in=[row.app_id for row in shown.rows])
    context = {
        "section": "templates",
        "author": author,
        "templates": AppTemplate.objects.published().with_figures().filter(author=author).order_by("name"),
        "page": shown,
        "total": credits.count(),
        "seen": set(seen.values_list("pk", flat=True)),
        **card_context(request.user),
    }
    return render(request, "catalog/marketplace/template_author_detail.html", context)
