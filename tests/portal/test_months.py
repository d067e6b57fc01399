"""Months and spans: read from addresses, shifted, and cut at the right moments of the house's zone."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import months

MONTHS = st.dates(date(1990, 1, 1), date(2090, 12, 31)).map(months.month_of)


@given(MONTHS, st.integers(-300, 300))
def test_shifting_there_and_back_is_the_same_month(month, by):
    moved = months.shifted(month, by)
    assert moved.day == 1 and months.shifted(moved, -by) == month
    assert (moved.year - month.year) * 12 + moved.month - month.month == by


@given(MONTHS)
def test_every_span_is_read_back_from_its_address(month):
    for build in (months.monthly, months.quarterly, months.yearly):
        span = build(month)
        assert build(months.shifted(month, 1) - timedelta(days=1)) == span  # the last day lies in the same
        assert months.span_from(span.key) == span
        assert month in span.months
        before = span.before()
        assert months.span_from(before.key) == before
        assert months.shifted(before.last, 1) == span.first and len(before.months) == len(span.months)
        assert span.before(years=1).first == months.shifted(span.first, -12)


@pytest.mark.parametrize(
    "text",
    ["", "x", "2026-13", "2026-Q5", "2026-Q0", "26-Q1", "2026-1", "12m-", "12m-2026-00", "2026-11-01", "2026-Q01"],
)
def test_what_names_no_span_is_none(text):
    assert months.span_from(text) is None


def test_a_month_begins_and_ends_on_the_wall_clock_of_its_zone():
    zone = ZoneInfo("Europe/Madrid")
    window = months.window_of(date(2026, 10, 1), zone)
    assert window.since.isoformat() == "2026-10-01T00:00:00+02:00"
    assert window.until.isoformat() == "2026-11-01T00:00:00+01:00"  # the clocks changed in between
    assert window.until - window.since == timedelta(days=31)  # on the wall clock
    now = datetime(2026, 10, 10, tzinfo=zone)
    assert months.window_of(date(2026, 10, 1), zone, until=now).until == now
    assert months.window_of(date(2026, 9, 1), zone, until=now).until == window.since


def test_labels_say_which_months():
    assert months.monthly(date(2026, 11, 1)).label == "November 2026"
    assert months.quarterly(date(2026, 11, 1)).label == "Quarter 4 of 2026"
    assert months.yearly(date(2026, 11, 1)).label == "Twelve months to November 2026"
