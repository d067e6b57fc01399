"""Office hours: offered, changed, called off; places booked, given back, and handed to whoever waits longest."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition
from training import notifications_people as notifications
from training.models import Booking, OfficeHour
from training.permissions import denial_to_learn, denial_to_teach
from training.states import BookingState


@dataclass(frozen=True)
class Terms:
    topic: str
    place: str
    starts_at: datetime
    ends_at: datetime
    capacity: int


def lock(row: OfficeHour) -> OfficeHour:
    return OfficeHour.objects.select_for_update(of=("self",)).select_related("host").get(pk=row.pk)


@transaction.atomic
def offer(terms: Terms, *, by: User, now: datetime, weeks: int = 1) -> list[OfficeHour]:
    """One, or the same for so many weeks in a row, at the same time of the host's clock."""
    allow(denial_to_teach(by))
    refuse_unless_ahead(terms, now)
    made = []
    for week in range(weeks):
        values = vars(terms) | {name: shifted(getattr(terms, name), week, by) for name in ("starts_at", "ends_at")}
        made.append(OfficeHour.objects.create(host=by, **values))
    audit.record("training.office_hour_offered", made[0], by=by, now=now, facts={"weeks": weeks})
    return made


def shifted(moment: datetime, weeks: int, host: User) -> datetime:
    """Weeks later by the clock on the wall: a change to summer time moves nobody's hour."""
    local = moment.astimezone(host.zone)
    return (local.replace(tzinfo=None) + timedelta(weeks=weeks)).replace(tzinfo=host.zone)


def refuse_unless_ahead(terms: Terms, now: datetime) -> None:
    if not now < terms.starts_at < terms.ends_at:
        raise InvalidTransition(_("Choose a beginning that is still to come, and an end after it."))


@transaction.atomic
def call_off(row: OfficeHour, *, by: User, now: datetime) -> OfficeHour:
    allow(denial_to_teach(by))
    row = lock(row)
    if row.cancelled_at is not None or row.ends_at <= now:
        raise InvalidTransition(_("This office hour is over or called off already."))
    row.cancelled_at, row.sequence = now, row.sequence + 1
    row.save(update_fields=["cancelled_at", "sequence"])
    audit.record("training.office_hour_called_off", row, by=by, now=now)
    for booking in row.bookings.exclude(state=BookingState.CANCELLED).select_related("user"):
        notifications.tell_called_off(booking, row, now=now)
    return row


@transaction.atomic
def book(row: OfficeHour, *, question: str, by: User, now: datetime) -> Booking:
    """A place if there is one, else the end of the waiting list. A second click books nothing more."""
    allow(denial_to_learn(by))
    row = lock(row)
    if row.cancelled_at is not None or row.starts_at <= now:
        raise InvalidTransition(_("This office hour has begun or was called off. Choose another one."))
    standing = row.bookings.exclude(state=BookingState.CANCELLED)
    if (mine := standing.filter(user=by).first()) is not None:
        return mine
    is_full = standing.filter(state=BookingState.BOOKED).count() >= row.capacity
    state = BookingState.WAITING if is_full else BookingState.BOOKED
    booking = Booking.objects.create(office_hour=row, user=by, state=state, question=question, at=now)
    audit.record("training.office_hour_booked", row, by=by, now=now, facts={"state": str(state)})
    return booking


@transaction.atomic
def cancel(booking: Booking, *, by: User, now: datetime) -> Booking:
    """Give the place back; whoever waits longest gets it and is told."""
    row = lock(booking.office_hour)
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if booking.user_id != by.pk:
        allow(_("This is somebody else's place."))
    if booking.state == BookingState.CANCELLED:
        return booking
    had_place = booking.state == BookingState.BOOKED
    booking.state = BookingState.CANCELLED
    booking.save(update_fields=["state"])
    audit.record("training.office_hour_given_back", row, by=by, now=now)
    if had_place and row.starts_at > now:
        move_up(row, now=now)
    return booking


def move_up(row: OfficeHour, *, now: datetime) -> None:
    first = row.bookings.filter(state=BookingState.WAITING).select_related("user").order_by("at", "id").first()
    if first is not None:
        first.state = BookingState.BOOKED
        first.save(update_fields=["state"])
        notifications.tell_moved_up(first, row, now=now)


def remind(*, now: datetime) -> None:
    """The day before, once: whoever has a place, and the host."""
    soon = OfficeHour.objects.ahead(now).filter(starts_at__gt=now, starts_at__lte=now + timedelta(hours=26))
    for row in soon.select_related("host").prefetch_related("bookings__user"):
        for booking in row.bookings.all():
            if booking.state == BookingState.BOOKED:
                notifications.tell_soon(row, booking.user, now=now)


audit.register(
    training__office_hour_offered=audit.Verb(gettext_lazy("Office hour offered"), "calendar", "info"),
    training__office_hour_called_off=audit.Verb(gettext_lazy("Office hour called off"), "calendar-x", "warn"),
    training__office_hour_booked=audit.Verb(gettext_lazy("Place in the office hour booked"), "calendar-check", "ok"),
    training__office_hour_given_back=audit.Verb(gettext_lazy("Place in the office hour given back"), "undo-2"),
)
