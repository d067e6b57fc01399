from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis.strategies import datetimes, integers, just, sampled_from, sets

from approvals.clock import due_at, earlier, waited

MADRID = ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-23T09:00", 2, "2026-11-25T09:00"),  # Monday
        ("2026-11-26T16:30", 2, "2026-11-30T16:30"),  # Thursday: over the weekend
        ("2026-11-27T16:30", 1, "2026-11-30T16:30"),  # Friday
        ("2026-11-28T12:00", 2, "2026-12-02T00:00"),  # Saturday counts as Monday's first minute
        ("2026-11-29T23:59", 2, "2026-12-02T00:00"),
        ("2024-02-28T08:00", 2, "2024-03-01T08:00"),  # a leap day is a working day like any other
    ],
)
def test_due_in_business_days(start, days, due):
    moment = datetime.fromisoformat(start).replace(tzinfo=MADRID)
    assert due_at(moment, days, MADRID) == datetime.fromisoformat(due).replace(tzinfo=MADRID)


def test_the_wall_clock_holds_over_a_change_of_the_hour():
    friday = datetime(2026, 3, 27, 8, 0, tzinfo=UTC)  # 09:00 in Madrid; the hour changes on Sunday
    assert due_at(friday, 1, MADRID) == datetime(2026, 3, 30, 7, 0, tzinfo=UTC)


def test_the_zone_decides_which_day_it_is():
    late_on_friday = datetime(2026, 11, 27, 20, 0, tzinfo=UTC)  # Saturday in Auckland
    assert due_at(late_on_friday, 1, UTC) == datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
    assert due_at(late_on_friday, 1, ZoneInfo("Pacific/Auckland")) == datetime(2026, 11, 30, 11, 0, tzinfo=UTC)


def test_a_clock_set_back_adds_nothing():
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    assert waited(now + timedelta(hours=1), now) == timedelta()
    assert waited(now - timedelta(hours=1), now) == timedelta(hours=1)


def oracle(start: datetime, days: int, zone: ZoneInfo, free: set[date]) -> datetime:
    """Walks minute-sized nothing: one calendar day after the other, counting those that people work."""

    def works(day: date) -> bool:
        return day.isoweekday() <= 5 and day not in free

    local = start.astimezone(zone)
    day, clock = local.date(), local.time()
    if not works(day):
        clock = time(0, 0)
        while not works(day):
            day += timedelta(days=1)
    counted = 0
    while counted < days:
        day += timedelta(days=1)
        counted += works(day)
    return datetime.combine(day, clock, tzinfo=zone)


FIRST, LAST = (datetime(year, 1, 1) for year in (2011, 2031))  # noqa: DTZ001  (the strategy adds the zone)
ZONES = ["Europe/Madrid", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Apia"]


@given(
    start=datetimes(min_value=FIRST, max_value=LAST, timezones=just(UTC)),
    days=integers(0, 25),
    zone=sampled_from(ZONES),
    free=sets(integers(0, 60)),
)
@settings(max_examples=1_000, deadline=None)
def test_due_moments_agree_with_a_slow_count_of_days(start, days, zone, free):
    """Over free days, changes of the hour and the day that Samoa left out."""
    where = ZoneInfo(zone)
    first = start.astimezone(where).date()
    holidays = {first + timedelta(days=number) for number in free}
    due = due_at(start, days, where, holidays.__contains__)
    assert due == oracle(start, days, where, holidays)
    assert due >= start or days == 0
    if days:
        assert earlier(due, days, where, holidays.__contains__) <= max(due, start)


def test_earlier_goes_back_over_the_weekend():
    monday = datetime(2026, 11, 30, 9, 0, tzinfo=MADRID)
    assert earlier(monday, 1, MADRID) == datetime(2026, 11, 27, 9, 0, tzinfo=MADRID)


def test_a_calendar_without_a_business_day_is_an_error_and_no_endless_loop():
    with pytest.raises(ValueError, match="no business day"):
        due_at(datetime(2026, 11, 23, 9, 0, tzinfo=UTC), 1, UTC, lambda day: True)
