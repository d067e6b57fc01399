"""What people are told of office hours and announcements."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from portal.models import Notification, User
from portal.notifications import Kind, about, close, notify, notify_many, register
from training.models import Announcement, Booking, OfficeHour

SOON, MOVED_UP, CALLED_OFF = "office_hour_soon", "office_hour_place", "office_hour_off"
ANNOUNCED, TO_CONFIRM = "announced", "announcement_asks"
BOOKED = _("You booked this office hour.")
OPEN = _("Open the office hour")

for kind, label, title, icon in (
    (SOON, _("An office hour you booked is near"), _("Office hour: %(topic)s, %(when)s"), "calendar-clock"),
    (MOVED_UP, _("You got a place in an office hour"), _("You have a place: %(topic)s, %(when)s"), "calendar-check"),
    (CALLED_OFF, _("An office hour was called off"), _("Called off: %(topic)s, %(when)s"), "calendar-x"),
):
    register(kind, Kind(label=label, title=title, body=_("%(place)s"), because=BOOKED, action=OPEN, icon=icon))
register(
    ANNOUNCED,
    Kind(
        label=_("News of the C4E"),
        title=_("%(title)s"),
        because=_("The C4E tells everybody."),
        action=_("Read it"),
        icon="bell",
        can_mute=True,
    ),
)
register(
    TO_CONFIRM,
    Kind(
        label=_("The C4E asks you to confirm that you have read something"),
        title=_("Please read and confirm: %(title)s"),
        because=_("The C4E asks everybody."),
        action=_("Read and confirm"),
        icon="bell",
    ),
)


def tell_of(row: OfficeHour, user: User, kind: str, *, now: datetime) -> None:
    """The time is said in the reader's zone."""
    when = date_format(row.starts_at.astimezone(user.zone), "j F Y, H:i")
    notify(
        user,
        kind,
        key=f"{kind}:{row.pk}:{row.sequence}",
        url=row.get_absolute_url(),
        params={"topic": row.topic, "place": row.place, "when": when},
        thing=row,
        now=now,
    )


def tell_soon(row: OfficeHour, user: User, *, now: datetime) -> None:
    tell_of(row, user, SOON, now=now)


def tell_moved_up(booking: Booking, row: OfficeHour, *, now: datetime) -> None:
    tell_of(row, booking.user, MOVED_UP, now=now)


def tell_called_off(booking: Booking, row: OfficeHour, *, now: datetime) -> None:
    close(row, kinds=[SOON, MOVED_UP], now=now, user=booking.user)
    tell_of(row, booking.user, CALLED_OFF, now=now)


def announce(row: Announcement, *, now: datetime) -> None:
    kind = TO_CONFIRM if row.asks else ANNOUNCED
    notify_many(
        Notification(
            user=user,
            kind=kind,
            key=f"{kind}:{row.pk}",
            url=row.get_absolute_url(),
            params={"title": row.title},
            asks=row.asks,
            created_at=now,
            **about(row),
        )
        for user in User.objects.people()
    )


def close_announcement(row: Announcement, user: User, *, now: datetime) -> None:
    close(row, kinds=[TO_CONFIRM, ANNOUNCED], now=now, user=user)
