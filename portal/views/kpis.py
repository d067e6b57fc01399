"""One figure: what it means, how it went, how it splits, and the very records behind it."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from portal import board_paper, charts, kpis, spreadsheets
from portal.actions import readings
from portal.board_parts import month_labels
from portal.board_words import amount
from portal.forms.board import CorrectionForm, TargetForm
from portal.htmx import redirect
from portal.http import Request
from portal.kpis import PART, UNIT, WHOLE, Kpi, Record, Source, Window
from portal.measuring import Sums
from portal.models import KpiReading, KpiTarget
from portal.models.kpi_reading import ReadingKind
from portal.months import named, window_of
from portal.permissions import allow, denial_to_keep_figures
from portal.views.board import Look, look, spans

PAGE, SIZE = ["GET", "HEAD", "POST"], 50


def kpi_of(slug: str) -> Kpi:
    kpi = kpis.by_slug(slug)
    if kpi is None:
        raise Http404
    return kpi


def window_seen(seen: Look, kpi: Kpi) -> Window:
    """The window whose rows are listed: the whole span, or for what stands at a moment its last month that has begun."""
    zone = timezone.get_default_timezone()
    first = seen.board.begun[-1] if kpi.stands else seen.board.begun[0]
    last = window_of(seen.board.begun[-1], zone, until=seen.now)
    return Window(window_of(first, zone).since, last.until)


def source_of(kpi: Kpi, key: str) -> Source:
    return next((source for source in kpi.sources if source.key == key), kpi.sources[0])


def rows_of(source: Source, window: Window, seen: Look) -> Any:
    rows = source.rows(window)
    return rows if seen.branch is None else rows.filter(**{f"{UNIT}__in": seen.branch})


@require_safe
def kpi_detail(request: Request, slug: str) -> HttpResponse:
    kpi, seen = kpi_of(slug), look(request)
    figure = seen.board.figure(kpi)
    source = source_of(kpi, request.GET.get("source", ""))
    window = window_seen(seen, kpi)
    listed = Paginator(rows_of(source, window, seen), SIZE).get_page(request.GET.get("page"))
    month = seen.board.begun[-1]
    unit_rows = KpiReading.objects.known_on(seen.board.known_on).filter(kpi=kpi.key, month=month)
    unit_rows = unit_rows.exclude(business_unit=None)
    if seen.branch is not None:
        unit_rows = unit_rows.filter(business_unit__in=seen.branch)
    values = [None if value is None else float(value) for value in figure.trend]
    goal = None if figure.target is None else float(figure.target)
    targets = KpiTarget.objects.filter(kpi=kpi.key).select_related("by").order_by("-month", "-pk")[:12]
    context = {
        "section": "board",
        "kpi": kpi,
        "seen": seen,
        "figure": figure,
        "tile": board_paper.tile(figure, seen.board),
        "chart": charts.line(month_labels(seen.board.trend_months), [(str(kpi.label), values)], heading=_("Month"), goal=goal)
        if any(value is not None for value in values) else None,
        "units": board_paper.split(kpi, list(unit_rows.standing().select_related("business_unit"))),
        "split_month": named(month),
        "source": source,
        "records": [shown(source.show(row)) for row in listed],
        "page": listed,
        "differs": difference(kpi, figure.sums, sums_now(kpi, window, seen)) if figure.readings else "",
        "targets": [(row, amount(kpi, row.value, unit=True)) for row in targets],
        "corrections": [row for row in figure.readings if row.kind == ReadingKind.CORRECTION],
        "spans": spans(seen.board.span, seen.board.today),
        "query": board_paper.query_of(seen.board),
        "may_keep": denial_to_keep_figures(request.user) is None,
    }  # fmt: skip
    return render(request, "portal/kpi_detail.html", context)


def sums_now(kpi: Kpi, window: Window, seen: Look) -> Sums:
    """The sums of the records as they are today, to be held against what was read."""
    found = Sums()
    for source in kpi.sources:
        rows = rows_of(source, window, seen).order_by().values_list(PART, WHOLE)
        for part, whole in rows.iterator():
            found += Sums(part or Decimal(), whole or Decimal(), 1)
    return found


def difference(kpi: Kpi, read: Sums, now: Sums) -> str:
    """A sentence when the records of today give another figure than the one that was read; empty when they do not."""
    before, after = kpi.value(read.part, read.whole), kpi.value(now.part, now.whole)
    if before == after:
        return ""
    return _("The records of today give %(now)s. The figure above was read before, and is %(read)s.") % {
        "now": amount(kpi, after, unit=True),
        "read": amount(kpi, before, unit=True),
    }


def shown(record: Record) -> tuple[Record, list[str]]:
    return record, [board_paper.words(fact) for fact in record.facts]


@require_safe
def kpi_export(request: Request, slug: str) -> HttpResponseBase:
    """Every record behind the figure, as CSV."""
    kpi, seen = kpi_of(slug), look(request)
    source = source_of(kpi, request.GET.get("source", ""))
    heads = [_("Title"), _("Address"), *(str(head) for head in source.heads), _("Part"), _("Whole")]
    rows = rows_of(source, window_seen(seen, kpi), seen)
    return spreadsheets.csv_response(f"{kpi.slug}-{seen.board.span.key}.csv", heads, lines(source, rows))


def lines(source: Source, rows: Any) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=1_000):
        record = source.show(row)
        yield [
            record.title,
            record.url,
            *(cell(fact) for fact in record.facts),
            getattr(row, PART),
            getattr(row, WHOLE),
        ]


def cell(fact: Any) -> Any:
    return (
        fact.isoformat()
        if isinstance(fact, datetime)
        else ""
        if fact is None
        else fact
        if isinstance(fact, int | float | Decimal)
        else str(fact)
    )


@require_http_methods(PAGE)
def kpi_target_create(request: Request, slug: str) -> HttpResponse:
    kpi = kpi_of(slug)
    allow(denial_to_keep_figures(request.user))
    now = timezone.now()
    month = readings.today_of(now).replace(day=1)
    form = TargetForm(request.POST or None, initial={"value": readings.target_of(kpi, month)})
    if request.method == "POST" and form.is_valid():
        readings.aim(kpi, **form.cleaned_data, by=request.user, now=now)
        messages.success(request, _("The target holds from %(month)s on.") % {"month": named(month)})
        return redirect(request, "kpi_detail", kpi.slug)
    context = {"section": "board", "kpi": kpi, "form": form, "month": named(month)}
    return render(request, "portal/kpi_target_create.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def kpi_correction_create(request: Request, slug: str, year: int, month: int) -> HttpResponse:
    kpi = kpi_of(slug)
    allow(denial_to_keep_figures(request.user))
    try:
        day = date(year, month, 1)
    except ValueError:
        raise Http404 from None
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = readings.correct(kpi, day, by=request.user, now=timezone.now(), **form.cleaned_data)
        except readings.NothingToCorrect as error:
            form.add_error(None, str(error))
        else:
            said = ngettext("%(n)s reading is corrected.", "%(n)s readings are corrected.", changed) % {"n": changed}
            messages.success(request, said)
            return redirect(request, "kpi_detail", kpi.slug)
    context = {"section": "board", "kpi": kpi, "form": form, "month": named(day)}
    return render(request, "portal/kpi_correction_create.html", context, status=422 if form.errors else 200)
