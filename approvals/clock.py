"""The clock of a request, as pure functions: it runs against whoever holds the ball, in business days.

A business day is Monday to Friday and not free by the calendar of the unit. All arithmetic is on the wall clock of one
zone, so that a day is a day also when the clocks change."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo

IsFree = Callable[[date], bool]
SATURDAY = 5
LONGEST_BREAK = 366


def never(day: date) -> bool:
    """No day is free but the weekends."""
    return False


def is_business_day(day: date, is_free: IsFree = never) -> bool:
    return day.weekday() < SATURDAY and not is_free(day)


def step(day: date, business_days: int, is_free: IsFree, direction: int = 1) -> date:
    """That many business days on, or back. Raises ValueError for a calendar without any business day in a year."""
    left, tried = business_days, 0
    while left > 0:
        day += timedelta(days=direction)
        tried = 0 if is_business_day(day, is_free) else tried + 1
        left -= tried == 0
        if tried > LONGEST_BREAK:
            raise ValueError("no business day within a year")
    return day


def due_at(start: datetime, business_days: int, zone: tzinfo, is_free: IsFree = never) -> datetime:
    """The same wall-clock time that many business days later. Asked on a free day counts as asked on the first minute of
    the next business day."""
    local = start.astimezone(zone)
    day, clock = local.date(), local.timetz().replace(tzinfo=None)
    if not is_business_day(day, is_free):
        day, clock = step(day, 1, is_free), time()
    return moment(step(day, business_days, is_free), clock, zone).astimezone(start.tzinfo)


def earlier(due: datetime, business_days: int, zone: tzinfo, is_free: IsFree = never) -> datetime:
    """The same wall-clock time that many business days before."""
    local = due.astimezone(zone)
    day = step(local.date(), business_days, is_free, -1)
    return moment(day, local.timetz().replace(tzinfo=None), zone).astimezone(due.tzinfo)


def moment(day: date, clock: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone)


def waited(since: datetime, now: datetime) -> timedelta:
    """How long a side held the ball; a clock that was set back counts as nothing."""
    return max(now - since, timedelta())
