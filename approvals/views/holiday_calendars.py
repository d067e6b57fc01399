"""Holiday calendars, for staff to keep."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from approvals.actions.holiday_calendars import Day, keep, remove
from approvals.calendars import public
from approvals.forms.holiday_calendars import HolidayCalendarForm, lines_of
from approvals.models import HolidayCalendar
from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow, denial_to_use_console
from portal.states import InvalidTransition


@require_safe
def holiday_calendar_list(request: Request) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    calendars = HolidayCalendar.objects.prefetch_related("units", "days")
    context = {"section": "approval_rules", "calendars": calendars}
    return render(request, "approvals/holiday_calendar_list.html", context)


def initial_of(calendar: HolidayCalendar) -> dict[str, Any]:
    return {
        "name": calendar.name,
        "country": calendar.country,
        "region": calendar.region,
        "units": [unit.pk for unit in calendar.units.all()],
        "days": lines_of([Day(one.day, one.name, one.is_worked) for one in calendar.days.all()]),
    }


def this_year(calendar: HolidayCalendar | None) -> list[tuple[Any, str]]:
    """The public holidays of the year, in order, to see that the right ones are meant."""
    if calendar is None or not calendar.country:
        return []
    year = timezone.localdate().year
    return sorted(public(calendar.country, calendar.region, year).items())


def form_page(request: Request, calendar: HolidayCalendar | None) -> HttpResponse:
    allow(denial_to_use_console(request.user))
    first = initial_of(calendar) if calendar else {}
    form = HolidayCalendarForm(request.POST if request.method == "POST" else None, initial=first)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                keep(calendar, by=request.user, now=timezone.now(), **form.cleaned_data)
            except InvalidTransition as refusal:
                form.add_error("name", str(refusal))
            else:
                messages.success(request, _("The calendar is saved. It holds for stages that open from now on."))
                return redirect(request, "approvals:holiday_calendar_list")
    context = {"section": "approval_rules", "form": form, "calendar": calendar, "holidays": this_year(calendar)}
    return render(request, "approvals/holiday_calendar_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def holiday_calendar_create(request: Request) -> HttpResponse:
    return form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def holiday_calendar_edit(request: Request, pk: int) -> HttpResponse:
    return form_page(request, get_object_or_404(HolidayCalendar, pk=pk))


@require_POST
def holiday_calendar_removal_create(request: Request, pk: int) -> HttpResponse:
    remove(get_object_or_404(HolidayCalendar, pk=pk), by=request.user, now=timezone.now())
    messages.success(request, _("The calendar is removed. Its units have the weekends free."))
    return redirect(request, "approvals:holiday_calendar_list")
