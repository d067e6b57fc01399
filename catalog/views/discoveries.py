"""Triage of what was found outside the catalog."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.actions import adoptions, discoveries
from catalog.filters.discoveries import DiscoveryFilter
from catalog.forms.discoveries import AdoptionForm, ReasonForm
from catalog.models import Discovery, MicroApp
from catalog.permissions import denial_to_adopt, denial_to_contact, denial_to_triage
from catalog.views.imports import for_staff
from portal import audit
from portal.htmx import redirect, render_page
from portal.http import Request
from portal.models import AuditEvent
from portal.paging import page
from portal.permissions import allow

PAGE, MOST_EVENTS, MOST_AT_ONCE = 50, 20, 200


@require_safe
@for_staff
def discovery_list(request: Request) -> HttpResponse:
    filters = DiscoveryFilter(request.GET, Discovery.objects.all())
    places = {name: request.GET.get(name, "") for name in ("after", "before")}
    context = {
        "section": "discoveries",
        "filters": filters,
        "facets": filters.facets(),
        "chips": filters.chips(),
        "total": filters.narrowed().count(),
        "discoveries": page(filters.narrowed().select_related("owner", "business_unit"), "-id", size=PAGE, **places),
        "reason": ReasonForm(prefix="bulk"),
    }
    return render_page(request, "catalog/discovery_list.html", context, fragment="catalog/_discovery_table.html")


def found(request: Request, pk: int) -> Discovery:
    return get_object_or_404(Discovery.objects.visible_to(request.user).for_table(), pk=pk)


@require_safe
def discovery_detail(request: Request, pk: int) -> HttpResponse:
    discovery = found(request, pk)
    return render(request, "catalog/discovery_detail.html", context_of(request, discovery))


def context_of(request: Request, discovery: Discovery, reason: ReasonForm | None = None) -> dict[str, Any]:
    user: Any = request.user
    events = AuditEvent.objects.about(audit.kind_of(discovery), discovery.pk).select_related("actor")[:MOST_EVENTS]
    return {
        "section": "discoveries",
        "discovery": discovery,
        "raw": [(name, shown(value)) for name, value in discovery.raw.items()],
        "similar": list(MicroApp.objects.visible_to(user).named_like(discovery.name).select_related("owner")[:5]),
        "events": [event_of(event) for event in events],
        "denial_to_adopt": denial_to_adopt(user, discovery),
        "denial_to_contact": denial_to_contact(discovery),
        "may_triage": denial_to_triage(user) is None,
        "is_open": discovery.state in ("open", "contacted"),
        "reason": reason or ReasonForm(),
    }


def shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)


def event_of(event: AuditEvent) -> dict[str, Any]:
    verb = audit.VERBS.get(event.verb)
    return {
        "at": event.at,
        "title": verb.label if verb else event.verb,
        "glyph": verb.icon if verb else "history",
        "tone": verb.tone if verb else "mute",
        "actor": event.actor_name,
        "reason": event.reason,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def adoption_create(request: Request, pk: int) -> HttpResponse:
    discovery = found(request, pk)
    if discovery.adopted_as is not None:
        return redirect(request, discovery.adopted_as)
    allow(denial_to_adopt(request.user, discovery))
    form = AdoptionForm(request.POST or None, discovery=discovery, user=request.user)
    if request.method == "POST" and form.is_valid():
        app = adoptions.adopt(discovery, values=form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(
            request, _("%(app)s is in the catalog as a draft. Submit it for review on its page.") % {"app": app.name}
        )
        return redirect(request, app)
    context = {"section": "discoveries", "discovery": discovery, "form": form}
    return render(request, "catalog/adoption_create.html", context, status=422 if form.is_bound else 200)


@require_POST
def discovery_contact_create(request: Request, pk: int) -> HttpResponse:
    discovery = discoveries.contact(found(request, pk), by=request.user, now=timezone.now())
    messages.success(request, _("%(owner)s was asked to adopt it.") % {"owner": discovery.owner})
    return redirect(request, discovery)


@require_POST
def discovery_retirement_create(request: Request, pk: int) -> HttpResponse:
    discovery, form = found(request, pk), ReasonForm(request.POST)
    allow(denial_to_triage(request.user))
    if not form.is_valid():
        return render(request, "catalog/discovery_detail.html", context_of(request, discovery, form), status=422)
    discoveries.retire(discovery, **form.cleaned_data, by=request.user, now=timezone.now())
    return redirect(request, discovery)


@require_POST
def discovery_reopening_create(request: Request, pk: int) -> HttpResponse:
    discovery = discoveries.reopen(found(request, pk), by=request.user, now=timezone.now())
    return redirect(request, discovery)


@require_POST
@for_staff
def discovery_bulk_create(request: Request) -> HttpResponse:
    """Contact or retire the ticked ones; the answer says for each how it ended."""
    pks = [int(pk) for pk in request.POST.getlist("pks") if pk.isascii() and pk.isdigit() and len(pk) < 19][
        :MOST_AT_ONCE
    ]
    chosen = list(Discovery.objects.filter(pk__in=pks).order_by("pk"))
    act, form = request.POST.get("act"), ReasonForm(request.POST, prefix="bulk")
    if not chosen or act not in ("contact", "retire"):
        messages.error(request, _("Tick at least one discovery first, then choose what to do."))
        return redirect(request, "catalog:discovery_list")
    if act == "retire" and not form.is_valid():
        messages.error(request, _("Write why they can be retired, then retire them together."))
        return redirect(request, "catalog:discovery_list")
    now = timezone.now()
    if act == "contact":
        results = discoveries.contact_many(chosen, by=request.user, now=now)
    else:
        results = discoveries.retire_many(chosen, reason=form.cleaned_data["reason"], by=request.user, now=now)
    context = {
        "section": "discoveries",
        "results": results,
        "done": sum(result.done for result in results),
        "back_url": reverse("catalog:discovery_list"),
    }
    return render(request, "catalog/discovery_bulk.html", context)
