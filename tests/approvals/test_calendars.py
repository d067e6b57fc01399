from datetime import date

import pytest

from approvals.actions.holiday_calendars import Day, keep
from approvals.calendars import calendar_of, free_days
from approvals.models import HolidayCalendar
from catalog.actions.submissions import submit
from catalog.states import AppState
from portal.models import BusinessUnit
from tests.makers.catalog import NOW, make_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    top = BusinessUnit.objects.create(name="Europe", code="europe")
    return top, BusinessUnit.objects.create(name="Spain", code="spain", parent=top)


def make(staff, name, units, country="", region="", days=(), calendar=None):
    return keep(calendar, name=name, country=country, region=region, units=units, days=list(days), by=staff, now=NOW)


def test_the_nearest_calendar_holds(staff, units):
    top, spain = units
    general = make(staff, "General", [top])
    assert calendar_of(spain) == general
    own = make(staff, "Madrid", [spain], "ES", "MD")
    assert (calendar_of(spain), calendar_of(top)) == (own, general)
    assert calendar_of(None) is None


def test_public_holidays_and_days_of_the_house(staff, units):
    days = [Day(date(2026, 12, 24), "Christmas Eve"), Day(date(2026, 12, 8), "Open all the same", is_worked=True)]
    is_free = free_days(make(staff, "Madrid", units, "ES", "MD", days))
    assert is_free(date(2026, 12, 25))
    assert is_free(date(2026, 12, 24))
    assert not is_free(date(2026, 12, 8))
    assert is_free(date(2026, 5, 2))  # only in the region of Madrid
    assert not is_free(date(2026, 11, 24))


def test_a_unit_leaves_the_calendar_it_was_in(staff, units):
    first = make(staff, "First", units)
    make(staff, "Second", [units[1]])
    assert list(first.units.all()) == [units[0]]


def test_a_holiday_moves_the_day_a_decision_is_due(owner, second_owner, reviewer, staff, units):
    make(staff, "Ours", [units[0]], days=[Day(date(2026, 11, 24), "Founders' day")])
    app = make_app(owner=owner, second_owner=second_owner, state=AppState.DRAFT, business_unit=units[1])
    assert submit(app, by=owner, now=NOW).due_at.date() == date(2026, 11, 26)  # Monday, the 24th is free


def test_saving_replaces_the_days(staff, units):
    calendar = make(staff, "Ours", units, days=[Day(date(2026, 11, 24), "A day")])
    make(staff, "Ours", units, days=[Day(date(2026, 11, 25), "Another")], calendar=calendar)
    assert list(HolidayCalendar.objects.get().days.values_list("name", flat=True)) == ["Another"]
