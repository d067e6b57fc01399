"""Office hours: to find, book and give back; and as calendar."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.htmx import redirect
from portal.http import Request
from portal.models.user import Role
from portal.permissions import allow
from portal.states import InvalidTransition
from training import calendar_feed
from training.actions import office_hours
from training.forms.people import BookingForm, OfficeHourForm
from training.models import Booking, OfficeHour
from training.permissions import denial_to_teach
from training.states import BookingState
from training.views.desk import PAGE

SHOWN = 60
TAKEN = Count("bookings", filter=Q(bookings__state=BookingState.BOOKED))


@require_safe
def office_hour_list(request: Request) -> HttpResponse:
    now = timezone.now()
    rows = OfficeHour.objects.ahead(now).select_related("host").annotate(taken=TAKEN)[:SHOWN]
    mine = dict(
        Booking.objects.filter(user=request.user, office_hour__ends_at__gt=now)
        .exclude(state=BookingState.CANCELLED)
        .values_list("office_hour", "state")
    )
    context = {
        "section": "office_hours",
        "rows": [(row, mine.get(row.pk), row.capacity - row.taken) for row in rows],
        "feed": settings.SITE_URL + reverse("training:calendar_feed", args=[calendar_feed.token_for(request.user)]),
        "may_teach": request.user.has_role(Role.STAFF),
    }
    return render(request, "training/office_hour_list.html", context)


@require_http_methods(PAGE)
def office_hour_create(request: Request) -> HttpResponse:
    allow(denial_to_teach(request.user))
    form = OfficeHourForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = office_hours.offer(form.terms, weeks=form.cleaned_data["weeks"], by=request.user, now=timezone.now())
        messages.success(request, _("Offered: %(number)d.") % {"number": len(made)})
        return redirect(request, "training:office_hour_list")
    context = {"section": "office_hours", "form": form}
    return render(request, "training/office_hour_form.html", context, status=422 if form.errors else 200)


@require_safe
def office_hour_detail(request: Request, pk: int) -> HttpResponse:
    return detail_page(request, get_object_or_404(OfficeHour.objects.select_related("host"), pk=pk))


def detail_page(request: Request, row: OfficeHour, form: BookingForm | None = None, status: int = 200) -> HttpResponse:
    now, is_staff = timezone.now(), request.user.has_role(Role.STAFF)
    bookings = list(row.bookings.exclude(state=BookingState.CANCELLED).select_related("user"))
    taken = sum(1 for one in bookings if one.state == BookingState.BOOKED)
    context: dict[str, Any] = {
        "section": "office_hours",
        "row": row,
        "left": row.capacity - taken,
        "mine": next((one for one in bookings if one.user_id == request.user.pk), None),
        "bookings": bookings if is_staff else [],
        "is_ahead": row.cancelled_at is None and row.starts_at > now,
        "may_teach": is_staff,
        "form": form or BookingForm(),
    }
    return render(request, "training/office_hour_detail.html", context, status=status)


@require_POST
def booking_create(request: Request, pk: int) -> HttpResponse:
    row, form = get_object_or_404(OfficeHour.objects.select_related("host"), pk=pk), BookingForm(request.POST)
    if not form.is_valid():
        return detail_page(request, row, form, status=422)
    try:
        made = office_hours.book(row, question=form.cleaned_data["question"], by=request.user, now=timezone.now())
    except InvalidTransition as refusal:
        messages.error(request, str(refusal))
    else:
        said = (
            _("You have a place.")
            if made.state == BookingState.BOOKED
            else _("It is full. You are told when a place is free.")
        )
        messages.success(request, said)
    return redirect(request, row)


@require_POST
def booking_cancel_create(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(OfficeHour, pk=pk)
    booking = row.bookings.exclude(state=BookingState.CANCELLED).filter(user=request.user).first()
    if booking is not None:
        office_hours.cancel(booking, by=request.user, now=timezone.now())
        messages.success(request, _("Your place is free for somebody else."))
    return redirect(request, row)


@require_POST
def office_hour_cancel_create(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(OfficeHour, pk=pk)
    allow(denial_to_teach(request.user))
    office_hours.call_off(row, by=request.user, now=timezone.now())
    messages.success(request, _("Called off. Everybody who booked is told."))
    return redirect(request, "training:office_hour_list")


def ics(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def office_hour_file(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(OfficeHour, pk=pk)
    return ics(calendar_feed.calendar([row], now=timezone.now(), name=row.topic), f"office-hour-{pk}.ics")


@login_not_required
@require_safe
def calendar_feed_detail(request: HttpRequest, token: str) -> HttpResponse:
    """The office hours that one person booked or hosts; a calendar program has no sign-in, so the address is the key."""
    user, now = calendar_feed.user_of(token), timezone.now()
    if user is None:
        raise Http404
    booked = Q(bookings__user=user, bookings__state=BookingState.BOOKED)
    rows = OfficeHour.objects.filter(booked | Q(host=user), ends_at__gt=now - timedelta(days=30)).distinct()
    response = ics(calendar_feed.calendar(rows, now=now, name=str(_("Office hours"))), "office-hours.ics")
    response["Cache-Control"] = "private, max-age=900"
    response["X-Robots-Tag"] = "noindex"
    return response
