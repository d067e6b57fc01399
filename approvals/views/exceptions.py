"""The register of exceptions, one of them, and the pages on which one is asked for, changed, renewed and closed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.actions import exceptions
from approvals.check_sources import SOURCES, Checked
from approvals.forms.exceptions import ClosingForm, ExceptionForm, UnitExceptionForm
from approvals.models import ApprovalRequest, Policy, PolicyException, Violation
from approvals.permissions_exceptions import (
    denial_to_ask_for_thing,
    denial_to_ask_for_units,
    denial_to_close,
    denial_to_renew,
    units_to_ask_for,
)
from approvals.states import ExceptionState
from portal import downloads
from portal.htmx import redirect
from portal.http import Request
from portal.models import BusinessUnit
from portal.permissions import allow
from portal.states import InvalidTransition
from portal.tabs import Tab, opened
from portal.timeline import events_of

PAGE, PAGE_SIZE = ["GET", "HEAD", "POST"], 50
HEAD = (
    "policy",
    "for",
    "owner",
    "state",
    "last_day",
    "overdue",
    "reason",
    "compensating_control",
    "granted_by",
    "granted",
)


@require_safe
def exception_list(request: Request) -> HttpResponse:
    """Overdue ones first: their last day is before that of all others."""
    seen, today = PolicyException.objects.visible_to(request.user), timezone.localdate()
    tabs = {
        "standing": Tab(_("In force and overdue"), seen.register(today), "ends_on"),
        "asked": Tab(_("Asked for"), seen.asked(), "asked_at"),
        "over": Tab(_("Over"), seen.over(), "-asked_at"),
    }
    shown = opened(request.GET, tabs, size=PAGE_SIZE)
    rows = [(row, row.is_overdue(today)) for row in shown.found.rows]
    return render(request, "approvals/exception_list.html", {"section": "exceptions", "shown": shown, "rows": rows})


@require_safe
def exception_export(request: Request) -> StreamingHttpResponse:
    """Every exception the reader may see, as CSV."""
    found, today = PolicyException.objects.visible_to(request.user).for_table(), timezone.localdate()
    rows = (cells(row, today) for row in downloads.newest_first(found))
    return downloads.attachment(downloads.csv_lines(HEAD, rows), "exceptions.csv", "text/csv")


def cells(row: PolicyException, today: Any) -> list[Any]:
    is_overdue = row.state in (ExceptionState.ACTIVE, ExceptionState.ENDED) and row.is_overdue(today)
    return [
        row.policy.slug,
        row.title,
        row.owner.email,
        row.state,
        row.ends_on.isoformat(),
        "yes" if is_overdue else "no",
        row.reason,
        row.compensating_control,
        row.granted_by.email if row.granted_by else "",
        row.granted_at.isoformat() if row.granted_at else "",
    ]


@require_safe
def exception_detail(request: Request, pk: int) -> HttpResponse:
    return detail_page(request, seen_by(request, pk))


def seen_by(request: Request, pk: int) -> PolicyException:
    """The exception, if this person may see it: also because they are asked to decide it."""
    row = get_object_or_404(PolicyException.objects.for_table().select_related("asked_by"), pk=pk)
    if PolicyException.objects.visible_to(request.user).filter(pk=pk).exists():
        return row
    if ApprovalRequest.objects.visible_to(request.user).about(exceptions.KIND, pk).exists():
        return row
    raise Http404


def detail_page(
    request: Request, row: PolicyException, form: ClosingForm | None = None, status: int = 200
) -> HttpResponse:
    asked = ApprovalRequest.objects.about(exceptions.KIND, row.pk).order_by("-id").first()
    is_active = row.state == ExceptionState.ACTIVE
    violations = Violation.objects.visible_to(request.user).standing().filter(policy=row.policy)
    if row.subject_id is not None:
        violations = violations.filter(subject_kind=row.subject_kind, subject_id=row.subject_id)
    elif row.business_unit_id is not None:
        violations = violations.filter(business_unit__in=BusinessUnit.objects.below(row.business_unit_id))
    may_renew = (
        row.state in (ExceptionState.ACTIVE, ExceptionState.ENDED) and denial_to_renew(request.user, row) is None
    )
    context = {
        "section": "exceptions",
        "row": row,
        "asked": asked,
        "is_overdue": row.is_overdue(timezone.localdate())
        and row.state in (ExceptionState.ACTIVE, ExceptionState.ENDED),
        "may_close": is_active and denial_to_close(request.user, row) is None,
        "may_renew": may_renew and not row.renewals.filter(state__in=["asked", "active"]).exists(),
        "form": form or ClosingForm(),
        "violations": violations[:20],
        "events": events_of(row),
    }
    return render(request, "approvals/exception_detail.html", context, status=status)


@require_http_methods(PAGE)
def exception_create(request: Request, slug: str) -> HttpResponse:
    """For the thing that the address names by kind and number; without one, for a business unit that is chosen."""
    policy = get_object_or_404(Policy, slug=slug)
    thing = thing_of(request)
    if thing is not None:
        allow(denial_to_ask_for_thing(request.user, thing))
        form = ExceptionForm(request.POST or None)
    else:
        units = units_to_ask_for(request.user)
        allow(None if units.exists() else denial_to_ask_for_units())
        form = UnitExceptionForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        scope = thing if thing is not None else form.cleaned_data["unit"]
        try:
            now, draft = timezone.now(), is_draft(request)
            row = exceptions.ask(policy, scope, terms=form.terms, by=request.user, now=now, as_draft=draft)
        except InvalidTransition as refusal:
            form.add_error(None, str(refusal))
        else:
            return asked_page(request, row)
    title = thing.title if thing is not None else ""
    return form_page(request, form, policy=policy, title=title, back=policy.get_absolute_url(), may_draft=True)


def thing_of(request: Request) -> Checked | None:
    """None when the address names none; raises 404 for one that is not there."""
    kind, number = request.GET.get("kind", ""), request.GET.get("id", "")
    if not kind:
        return None
    if kind not in SOURCES or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    found = SOURCES[kind].things([int(number)], now=timezone.now())
    if not found:
        raise Http404
    return found[0]


@require_http_methods(PAGE)
def exception_edit(request: Request, pk: int) -> HttpResponse:
    """A draft, or after it was sent back."""
    row = seen_by(request, pk)
    allow(denial_to_close(request.user, row))
    first = {"reason": row.reason, "compensating_control": row.compensating_control, "ends_on": row.ends_on}
    form = ExceptionForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        now, draft = timezone.now(), is_draft(request)
        row = exceptions.ask_again(row, terms=form.terms, by=request.user, now=now, as_draft=draft)
        return asked_page(request, row)
    back, draft = row.get_absolute_url(), row.state == ExceptionState.DRAFT
    return form_page(request, form, policy=row.policy, title=row.title, back=back, may_draft=draft)


def is_draft(request: Request) -> bool:
    """Which button was pressed."""
    return request.POST.get("then") == "draft"


@require_http_methods(PAGE)
def exception_renewal_create(request: Request, pk: int) -> HttpResponse:
    """A new request, with the words of the one that stands to begin with."""
    row = seen_by(request, pk)
    allow(denial_to_renew(request.user, row))
    first = {"reason": row.reason, "compensating_control": row.compensating_control}
    form = ExceptionForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            scope = same_scope(row)
            now, draft = timezone.now(), is_draft(request)
            made = exceptions.ask(
                row.policy, scope, terms=form.terms, by=request.user, now=now, renews=row, as_draft=draft
            )
        except InvalidTransition as refusal:
            form.add_error(None, str(refusal))
        else:
            return asked_page(request, made)
    return form_page(
        request, form, policy=row.policy, title=row.title, back=row.get_absolute_url(), renews=row, may_draft=True
    )


def same_scope(row: PolicyException) -> exceptions.Scope:
    if row.business_unit is not None:
        return row.business_unit
    assert row.subject_id is not None
    found = SOURCES[row.subject_kind].things([row.subject_id], now=timezone.now())
    if not found:
        raise InvalidTransition(
            _("%(title)s is not there any more, so nothing is to be renewed.") % {"title": row.title}
        )
    return found[0]


@require_POST
def exception_closing_create(request: Request, pk: int) -> HttpResponse:
    row, form = seen_by(request, pk), ClosingForm(request.POST)
    allow(denial_to_close(request.user, row))
    if not form.is_valid():
        return detail_page(request, row, form, status=422)
    exceptions.close(row, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
    messages.success(request, _("The exception is closed. What it covered counts again."))
    return redirect(request, row)


def asked_page(request: Request, row: PolicyException) -> HttpResponse:
    if row.state == ExceptionState.DRAFT:
        messages.success(request, _("The draft is saved. Nobody is asked until you send it."))
    else:
        messages.success(request, _("It is with those who decide. You are told what they say."))
    return redirect(request, row)


def form_page(
    request: Request, form: ExceptionForm, *, policy: Policy, title: str, back: str, **more: Any
) -> HttpResponse:
    context = {"section": "exceptions", "form": form, "policy": policy, "title": title, "back": back, **more}
    return render(request, "approvals/exception_form.html", context, status=422 if form.errors else 200)
