"""The clock of a request, as pure functions: it runs against whoever holds the ball, in business days (Monday to Friday)."""

from datetime import datetime, timedelta, tzinfo

DAYS_TO_DECIDE = 2
SATURDAY = 5


def is_business_day(moment: datetime) -> bool:
    return moment.weekday() < SATURDAY


def due_at(start: datetime, business_days: int, zone: tzinfo) -> datetime:
    """The same wall-clock time that many business days later. Asked on a weekend counts as asked on Monday's first minute."""
    local = start.astimezone(zone)
    if not is_business_day(local):
        local = local.replace(hour=0, minute=0, second=0, microsecond=0)
        while not is_business_day(local):
            local += timedelta(days=1)
    left = business_days
    while left > 0:
        local += timedelta(days=1)
        left -= is_business_day(local)
    return local.astimezone(start.tzinfo)


def waited(since: datetime, now: datetime) -> timedelta:
    """How long a side held the ball; a clock that was set back counts as nothing."""
    return max(now - since, timedelta())
