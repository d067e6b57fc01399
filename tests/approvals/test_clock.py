from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from approvals.clock import due_at, waited

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
