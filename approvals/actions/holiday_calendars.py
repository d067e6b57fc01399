"""Holiday calendars: made, changed, and removed. A stage that is open keeps the due moment it was given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.models import HolidayCalendar, HolidayDay
from portal import audit
from portal.models import BusinessUnit, User
from portal.permissions import allow, denial_to_use_console
from portal.states import InvalidTransition


@dataclass(frozen=True)
class Day:
    day: date
    name: str
    is_worked: bool = False


@transaction.atomic
def keep(
    calendar: HolidayCalendar | None,
    *,
    name: str,
    country: str,
    region: str,
    units: Sequence[BusinessUnit],
    days: Sequence[Day],
    by: User,
    now: datetime,
) -> HolidayCalendar:
    """Make one, or change all of one. A unit belongs to one calendar: it leaves the one it was in."""
    allow(denial_to_use_console(by))
    is_new = calendar is None
    calendar = calendar or HolidayCalendar()
    calendar.name, calendar.country, calendar.region = name, country, region
    try:
        with transaction.atomic():
            calendar.save()
    except IntegrityError:
        raise InvalidTransition(_("A calendar with this name exists. Choose another name.")) from None
    for other in HolidayCalendar.objects.filter(units__in=units).exclude(pk=calendar.pk).distinct():
        other.units.remove(*units)
    calendar.units.set(units)
    calendar.days.all().delete()
    HolidayDay.objects.bulk_create(
        HolidayDay(calendar=calendar, day=one.day, name=one.name, is_worked=one.is_worked) for one in days
    )
    facts = {"country": country, "region": region, "units": ", ".join(str(unit) for unit in units), "days": len(days)}
    verb = "approvals.calendar_made" if is_new else "approvals.calendar_changed"
    audit.record(verb, calendar, by=by, now=now, facts=facts)
    return calendar


@transaction.atomic
def remove(calendar: HolidayCalendar, *, by: User, now: datetime) -> None:
    allow(denial_to_use_console(by))
    audit.record("approvals.calendar_removed", calendar, by=by, now=now)
    calendar.delete()


audit.register(
    approvals__calendar_made=audit.Verb(gettext_lazy("Holiday calendar made"), "calendar-days"),
    approvals__calendar_changed=audit.Verb(gettext_lazy("Holiday calendar changed"), "calendar-days"),
    approvals__calendar_removed=audit.Verb(gettext_lazy("Holiday calendar removed"), "calendar-x"),
)
