"""Imports of C4E staff: upload, columns, dry run, result."""

from collections.abc import Callable
from functools import wraps
from itertools import islice
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.actions import imports
from catalog.forms.imports import MappingForm, UploadForm
from catalog.importing import readers
from catalog.importing.columns import Mapping
from catalog.importing.found import BadFile
from catalog.importing.tables import Table
from catalog.models import ImportFile, ImportRow, ImportRun
from catalog.models.import_run import ImportState, Outcome
from portal.htmx import is_fragment, redirect, render_page
from portal.http import Request
from portal.paging import page
from portal.permissions import allow, denial_to_use_console

PAGE, PREVIEW = 50, 3
BUSY = (ImportState.CHECKING, ImportState.APPLYING)
SHOWN = ((ImportState.APPLIED, False), (ImportState.APPLYING, False), (ImportState.CHECKED, True))
View = Callable[..., HttpResponseBase]


def for_staff(view: View) -> View:
    """Only C4E staff; everyone else reads who to ask."""

    @wraps(view)
    def wrapped(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        allow(denial_to_use_console(request.user))
        return view(request, *args, **kwargs)

    return wrapped


@require_safe
@for_staff
def import_list(request: Request) -> HttpResponse:
    runs = page(
        ImportRun.objects.select_related("by"),
        "-id",
        size=PAGE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return render(request, "catalog/import_list.html", {"section": "imports", "runs": runs})


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def import_create(request: Request) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = imports.upload(**form.cleaned_data, by=request.user, now=timezone.now())
        except BadFile as error:
            form.add_error("files", str(error))
        else:
            return redirect(request, run)
    status = 422 if form.is_bound else 200
    return render(request, "catalog/import_create.html", {"section": "imports", "form": form}, status=status)


@require_safe
@for_staff
def import_detail(request: Request, pk: int) -> HttpResponse:
    run = found(pk)
    fragment = "catalog/_import_rows.html"
    return render_page(request, "catalog/import_detail.html", context_of(request, run), fragment=fragment)


def found(pk: int) -> ImportRun:
    return get_object_or_404(ImportRun.objects.select_related("job", "by"), pk=pk)


def context_of(
    request: Request, run: ImportRun, form: MappingForm | None = None, table: Table | None = None
) -> dict[str, Any]:
    context: dict[str, Any] = {
        "section": "imports",
        "run": run,
        "is_busy": run.state in BUSY,
        "is_stuck": run.state in BUSY and (run.job is None or run.job.is_over),
        "has_columns": imports.has_columns(run),
        "is_usage": imports.is_usage(run),
    }
    dry = dict(SHOWN).get(ImportState(run.state))
    if dry is not None:
        context |= rows_of(request, run, dry=dry)
    if run.state in (ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED) and not imports.is_usage(run):
        table = table or table_of(run)
        header = table.header if table else []
        context["form"] = form or MappingForm(header=header, mapping=Mapping.of(run.mapping))
        context["examples"] = examples(table) if table else []
        context["in_columns"] = bool(header)
    return context


def rows_of(request: Request, run: ImportRun, *, dry: bool) -> dict[str, Any]:
    """The lines of the result, of one outcome or all, and how many there are of each."""
    counts = run.dry_counts if dry else run.counts
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in Outcome.values else ""
    rows = ImportRow.objects.filter(run=run, dry=dry).select_related("app", "discovery")
    if outcome:
        rows = rows.filter(outcome=outcome)
    places = {name: request.GET.get(name, "") for name in ("after", "before")}
    tabs = [{"label": _("All"), "url": run.get_absolute_url(), "current": not outcome, "count": sum(counts.values())}]
    tabs += [
        {
            "label": value.label,
            "url": f"{run.get_absolute_url()}?outcome={value.value}",
            "current": outcome == value,
            "count": counts.get(value.value, 0),
        }
        for value in Outcome
    ]
    return {
        "dry": dry,
        "rows": page(rows, "number", size=PAGE, **places),
        "tabs": tabs,
        "counts": counts,
        "outcome": outcome,
    }


def table_of(run: ImportRun) -> Table | None:
    """The file as a table, for its header and first rows; None for YAML, or when it can no longer be read so."""
    if not imports.has_columns(run):
        return None
    content = bytes(ImportFile.objects.get(run=run).content)
    try:
        return readers.table(run.kind, content, run.encoding)
    except BadFile:
        return None


def examples(table: Table) -> list[tuple[str, list[str]]]:
    """Each column with its first cells."""
    rows = [row for row in islice(table.rows, PREVIEW * 4) if not row.refusal][:PREVIEW]
    return [(name, [row.cells.get(name, "")[:80] for row in rows]) for name in table.header]


@require_POST
@for_staff
def import_mapping_create(request: Request, pk: int) -> HttpResponse:
    """Settle the columns and begin the dry run."""
    run = found(pk)
    table = table_of(run)
    header = table.header if table else []
    form = MappingForm(request.POST, header=header, mapping=Mapping.of(run.mapping))
    if not form.is_valid():
        return render(request, "catalog/import_detail.html", context_of(request, run, form, table), status=422)
    now = timezone.now()
    run = imports.map_columns(run, mapping=form.mapping, header=header, by=request.user, now=now)
    imports.start_check(run, by=request.user, now=now)
    return redirect(request, run)


@require_POST
@for_staff
def import_check_create(request: Request, pk: int) -> HttpResponse:
    run = imports.start_check(found(pk), by=request.user, now=timezone.now())
    return redirect(request, run)


@require_POST
@for_staff
def import_application_create(request: Request, pk: int) -> HttpResponse:
    run = imports.start_application(found(pk), by=request.user, now=timezone.now())
    return redirect(request, run)


@require_safe
@for_staff
def import_progress(request: Request, pk: int) -> HttpResponse:
    """The progress bar while a job works on the import; when it is over the page loads anew."""
    run = found(pk)
    if not is_fragment(request):
        return redirect(request, run)
    if run.state not in BUSY or run.job is None or run.job.is_over:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "catalog/_import_progress.html", {"run": run})
