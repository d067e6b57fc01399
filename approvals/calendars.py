"""Which days are free for a business unit: public holidays of its country and region, and days of the house's own."""

from datetime import date
from functools import lru_cache

import holidays

from approvals.clock import IsFree, never
from approvals.models import HolidayCalendar
from portal.models import BusinessUnit


@lru_cache(maxsize=64)
def public(country: str, region: str, year: int | None = None) -> holidays.HolidayBase:
    """The library's calendar: of one year, or reaching for each year it is asked about. Raises NotImplementedError for an
    unknown one."""
    return holidays.country_holidays(country, subdiv=region or None, years=year)


def calendar_of(unit: BusinessUnit | None) -> HolidayCalendar | None:
    """The unit's own calendar, else that of the nearest unit above it. Two queries."""
    if unit is None:
        return None
    parents = dict(BusinessUnit.objects.above(unit.pk).values_list("pk", "parent_id"))
    found = {
        pk: calendar
        for calendar in HolidayCalendar.objects.filter(units__in=parents).prefetch_related("units").distinct()
        for pk in (one.pk for one in calendar.units.all())
    }
    at: int | None = unit.pk
    while at is not None:
        if at in found:
            return found[at]
        at = parents.get(at)
    return None


def free_days(calendar: HolidayCalendar | None) -> IsFree:
    """The question to ask of each day. The house's own days say more than the public ones."""
    if calendar is None:
        return never
    own = dict(calendar.days.values_list("day", "is_worked"))
    days = public(calendar.country, calendar.region) if calendar.country else ()

    def is_free(day: date) -> bool:
        return not own[day] if day in own else day in days

    return is_free
