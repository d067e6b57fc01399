"""Office hours as iCalendar (RFC 5545): one as a file, and one's own as a feed that a calendar subscribes to."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from portal.models import User
from training.models import OfficeHour

SALT = "training.calendar_feed"


def token_for(user: User) -> str:
    """What a calendar program knows instead of a password. It reads one person's office hours and nothing else."""
    return Signer(salt=SALT).sign(str(user.pk)).replace(":", "~")


def user_of(token: str) -> User | None:
    try:
        return User.objects.people().filter(pk=int(Signer(salt=SALT).unsign(token.replace("~", ":")))).first()
    except (BadSignature, ValueError):
        return None


def event_of(row: OfficeHour, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"office-hour-{row.pk}@{settings.SITE_URL.split('//')[-1]}")
    event.add("dtstamp", now)
    event.add("dtstart", row.starts_at)
    event.add("dtend", row.ends_at)
    event.add("summary", _("Office hour: %(topic)s") % {"topic": row.topic})
    event.add("location", row.place)
    event.add("url", settings.SITE_URL + row.get_absolute_url())
    event.add("sequence", row.sequence)
    event.add("status", "CANCELLED" if row.cancelled_at else "CONFIRMED")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", row.topic)
    alarm.add("trigger", timedelta(minutes=-15))
    event.add_component(alarm)
    return event


def calendar(rows: Iterable[OfficeHour], *, now: datetime, name: str) -> bytes:
    found = Calendar()
    found.add("prodid", "-//Trellis//Office hours//EN")
    found.add("version", "2.0")
    found.add("x-wr-calname", name)
    for row in rows:
        found.add_component(event_of(row, now))
    return bytes(found.to_ical())
