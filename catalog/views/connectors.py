"""The catalog of connectors: for everyone to read, for staff to keep."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.shortcuts import redirect as moved
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals.models import ApprovalRequest
from catalog.actions import connectors
from catalog.actions.connector_proposals import KIND
from catalog.badge_gate import badge_of
from catalog.filters.connectors import ConnectorFilter
from catalog.forms.connectors import ConnectorForm, TurnForm
from catalog.models import Connector, MicroApp
from catalog.models.connector import ConnectorStatus
from catalog.models.micro_app import DataClass
from catalog.permissions import denial_to_keep_connectors
from portal.htmx import redirect, render_page
from portal.http import Request
from portal.paging import page
from portal.permissions import allow
from portal.recent import remember
from portal.timeline import events_of

PAGE = ["GET", "HEAD", "POST"]
PAGE_SIZE, LATEST = 60, 8


@require_safe
def connector_list(request: Request) -> HttpResponse:
    filters = ConnectorFilter(request.GET)
    shown = page(
        filters.narrowed().with_use(),
        "name",
        size=PAGE_SIZE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "section": "connectors",
        "connectors": shown,
        "filters": filters,
        "may_keep": denial_to_keep_connectors(request.user) is None,
    }
    return render_page(request, "catalog/connector_list.html", context, fragment="catalog/_connector_table.html")


@require_safe
def connector_detail(request: Request, slug: str) -> HttpResponse:
    connector = get_object_or_404(Connector.objects.with_use(), slug=slug)
    remember(request, connector.name, connector.get_absolute_url(), "plug")
    users = MicroApp.objects.visible_to(request.user).filter(connector_uses__connector=connector)
    apps = page(
        users.for_table().with_owner_today(timezone.now()),
        "name",
        size=PAGE_SIZE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "section": "connectors",
        "connector": connector,
        "apps": apps,
        "carries": [DataClass(one).label for one in connector.data_classes if one in DataClass.values],
        "badge": badge_of(connector.badge_level) if connector.badge_level else None,
        "may_keep": denial_to_keep_connectors(request.user) is None,
        "asked": ApprovalRequest.objects.open().visible_to(request.user).about(KIND, connector.pk).first(),
        "events": [replace(event, changes=[]) for event in events_of(connector, limit=LATEST)],
    }
    return render(request, "catalog/connector_detail.html", context)


@require_safe
def connector_by_id(request: Request, pk: int) -> HttpResponse:
    """The address that the audit log keeps."""
    return moved(get_object_or_404(Connector, pk=pk))


@require_http_methods(PAGE)
def connector_create(request: Request) -> HttpResponse:
    allow(denial_to_keep_connectors(request.user))
    form = ConnectorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        connector = connectors.create(by=request.user, values=form.cleaned_data, now=timezone.now())
        messages.success(request, _("%(connector)s is in the catalog.") % {"connector": connector.name})
        return redirect(request, connector)
    return form_page(request, form)


@require_http_methods(PAGE)
def connector_edit(request: Request, slug: str) -> HttpResponse:
    connector = get_object_or_404(Connector, slug=slug)
    allow(denial_to_keep_connectors(request.user))
    form = ConnectorForm(request.POST or None, instance=Connector.objects.get(pk=connector.pk))
    if request.method == "POST" and form.is_valid():
        connector = connectors.edit(connector, by=request.user, values=form.cleaned_data, now=timezone.now())
        messages.success(request, _("%(connector)s is saved.") % {"connector": connector.name})
        return redirect(request, connector)
    return form_page(request, form, connector)


@require_http_methods(PAGE)
def connector_block_create(request: Request, slug: str) -> HttpResponse:
    return turn(request, slug, ConnectorStatus.BLOCKED)


@require_http_methods(PAGE)
def connector_approval_create(request: Request, slug: str) -> HttpResponse:
    return turn(request, slug, ConnectorStatus.APPROVED)


def turn(request: Request, slug: str, to: ConnectorStatus) -> HttpResponse:
    connector = get_object_or_404(Connector.objects.with_use(), slug=slug)
    allow(denial_to_keep_connectors(request.user))
    form = TurnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = connectors.block if to == ConnectorStatus.BLOCKED else connectors.approve
        connector = act(connector, by=request.user, reason=form.cleaned_data["reason"], now=timezone.now())
        said = {"connector": connector.name, "status": connector.get_status_display().lower()}
        messages.success(request, _("%(connector)s is %(status)s now.") % said)
        return redirect(request, connector)
    context = {"form": form, "connector": connector, "blocks": to == ConnectorStatus.BLOCKED, "section": "connectors"}
    return render(request, "catalog/connector_turn.html", context, status=422 if request.method == "POST" else 200)


def form_page(
    request: Request, form: ConnectorForm, connector: models.Model | None = None, *, proposes: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "connector": connector,
        "section": "connectors",
        "proposes": proposes,
    }
    return render(request, "catalog/connector_form.html", context, status=422 if request.method == "POST" else 200)
