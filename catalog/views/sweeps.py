"""Runs of the sweeps: what they plan and did, and what people do to them."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.actions import sweeps
from catalog.filters.sweeps import SweepItemFilter, SweepRunFilter
from catalog.forms.sweeps import UndoForm
from catalog.models import Collector, SweepRun
from catalog.models.sweep_run import SweepKind
from catalog.permissions_sweeps import denial_to_cancel, denial_to_release, denial_to_undo
from catalog.sweeps import turns
from catalog.sweeps.wording import action_label, note_text, why
from portal.htmx import redirect, render_page
from portal.http import Request
from portal.paging import page
from portal.permissions import allow, denial_to_use_console
from portal.spreadsheets import csv_response
from portal.timeline import events_of

PAGE_SIZE = 50


@require_safe
def sweep_run_list(request: Request) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    filters, now = SweepRunFilter(request.GET), timezone.now()
    runs = page(
        filters.narrowed(),
        "-pk",
        size=PAGE_SIZE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "section": "sweeps",
        "filters": filters,
        "runs": runs,
        "sweeps": turns.overview(now=now),
        "held": SweepRun.objects.held(),
        "collectors": Collector.objects.order_by("label"),
        "needed_until": turns.needed_until(now),
    }
    return render_page(request, "catalog/sweep_run_list.html", context, fragment="catalog/_sweep_run_table.html")


@require_POST
def sweep_run_create(request: Request) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    kind = request.POST.get("kind", "")
    if kind not in SweepKind.values:
        messages.error(request, _("Choose which sweep to start."))
        return redirect(request, "catalog:sweep_run_list")
    run = sweeps.start(kind, by=request.user, now=timezone.now())
    messages.success(request, _("The plan is written. This is what it says."))
    return redirect(request, run)


@require_safe
def sweep_run_detail(request: Request, pk: int) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    people = ("by", "first_release_by", "second_release_by", "undone_by")
    run = get_object_or_404(SweepRun.objects.select_related(*people), pk=pk)
    filters = SweepItemFilter(request.GET, run)
    items = page(
        filters.narrowed(),
        "pk",
        size=PAGE_SIZE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context = {
        "section": "sweeps",
        "run": run,
        "items": items,
        "filters": filters,
        "no_release": denial_to_release(request.user, run),
        "no_cancel": denial_to_cancel(request.user, run),
        "no_undo": denial_to_undo(request.user, run),
        "events": events_of(run, limit=20),
    }
    return render_page(request, "catalog/sweep_run_detail.html", context, fragment="catalog/_sweep_item_table.html")


@require_safe
def sweep_run_export(request: Request, pk: int) -> HttpResponseBase:
    allow(denial_to_use_console(request.user))
    run = get_object_or_404(SweepRun, pk=pk)
    head = (_("App"), _("Address"), _("Owner"), _("Business unit"), _("What"), _("Why"), _("State"), _("When"))
    rows = (
        (
            item.app.name,
            item.app.slug,
            str(item.app.owner),
            item.app.business_unit.name,
            action_label(item.action),
            note_text(item.note) if item.note else why(run.kind, item.action, item.facts),
            item.get_state_display(),
            item.done_at.isoformat(timespec="seconds") if item.done_at else "",
        )
        for item in SweepItemFilter(request.GET, run).narrowed().order_by("pk").iterator(chunk_size=2_000)
    )
    return csv_response(f"sweep-{run.kind}-{run.pk}.csv", head, rows)


@require_POST
def sweep_release_create(request: Request, pk: int) -> HttpResponse:
    run = get_object_or_404(SweepRun, pk=pk)
    allow(denial_to_use_console(request.user))
    run = sweeps.release(run, by=request.user, now=timezone.now())
    if run.second_release_by_id:
        messages.success(
            request, _("Released by two people. The facts are checked again, app by app, and then it goes on.")
        )
    else:
        messages.success(request, _("Your release is noted. One more person must release it."))
    return redirect(request, run)


@require_POST
def sweep_cancellation_create(request: Request, pk: int) -> HttpResponse:
    run = get_object_or_404(SweepRun, pk=pk)
    allow(denial_to_use_console(request.user))
    run = sweeps.cancel(run, by=request.user, now=timezone.now())
    messages.success(request, _("Cancelled. What was done stays done; you can undo it below."))
    return redirect(request, run)


@require_http_methods(["GET", "HEAD", "POST"])
def sweep_undo_create(request: Request, pk: int) -> HttpResponse:
    run = get_object_or_404(SweepRun, pk=pk)
    allow(denial_to_use_console(request.user))
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sweeps.take_back(run, by=request.user, now=timezone.now(), reason=form.cleaned_data["reason"])
        messages.success(request, _("The run is being undone. Apps that somebody changed since stay as they are."))
        return redirect(request, run)
    context = {
        "section": "sweeps",
        "run": run,
        "form": form,
        "denial": denial_to_undo(request.user, run),
        "back_url": reverse("catalog:sweep_run_detail", args=[run.pk]),
    }
    return render(request, "catalog/sweep_undo_create.html", context)
