"""Readings: so far each hour, frozen when a month has settled, corrected beside what was frozen; the database keeps them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from portal.actions import readings
from portal.board import Board
from portal.kpi_rows import counted
from portal.kpis import KPIS, Kpi, Record, Source
from portal.models import AuditEvent, KpiReading, KpiTarget, User
from portal.models.kpi_reading import ReadingKind
from portal.months import monthly, quarterly
from tests.makers.portal import make_person, make_unit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
LATE: list[str] = []


def joined(window):
    """People who joined in the window: a figure that needs nothing but people."""
    people = User.objects.filter(date_joined__gte=window.since, date_joined__lt=window.until).order_by("pk")
    return counted(people, unit="business_unit")


PEOPLE = Kpi(
    "test.joined", "People who joined", "Whether we grow.", "People who joined in the period.", "people", "up",
    (Source("people", "People", joined, lambda one: Record(str(one), one.get_absolute_url())),), origin="Accounts.",
    owner="C4E", decimals=0, counts=True, target=Decimal(2), late=lambda window: LATE[0] if LATE else "",
)  # fmt: skip


@pytest.fixture(autouse=True)
def alone():
    """Only this figure is read; the others have tests of their own."""
    others = dict(KPIS)
    KPIS.clear()
    KPIS[PEOPLE.key] = PEOPLE
    yield
    KPIS.clear()
    KPIS.update(others)
    LATE.clear()


def join(name, at, unit=None):
    person = make_person(name, business_unit=unit)
    User.objects.filter(pk=person.pk).update(date_joined=at)
    return person


def standing(month, unit=None):
    return KpiReading.objects.of_unit(unit).filter(month=month).standing().get()


def test_the_month_so_far_is_read_once_a_day(staff):
    join("Ann", NOW - timedelta(days=1))
    for hours in (0, 1):
        readings.take(now=NOW + timedelta(hours=hours))
    row = KpiReading.objects.of_unit(None).get()
    assert (row.kind, row.part, row.day, row.records, row.target) == ("daily", 1, date(2026, 11, 10), 1, 2)
    join("Bob", NOW)
    readings.take(now=NOW + timedelta(hours=2))
    readings.take(now=NOW + timedelta(days=1))
    assert list(KpiReading.objects.of_unit(None).order_by("day").values_list("part", flat=True)) == [2, 2]
    assert standing(NOVEMBER).day == date(2026, 11, 11)


def test_a_unit_has_its_own_and_what_is_below(staff):
    top = make_unit("Stores", code="stores")
    below = make_unit("North", code="north", parent=top)
    join("Ann", NOW - timedelta(days=1), below)
    join("Bob", NOW - timedelta(days=1), top)
    join("Cem", NOW - timedelta(days=1))
    readings.take(now=NOW)
    assert [standing(NOVEMBER, unit).part for unit in (below.pk, top.pk, None)] == [1, 2, 3]


def test_a_settled_month_is_frozen_and_later_data_does_not_change_it(staff):
    join("Ann", datetime(2026, 10, 5, tzinfo=UTC))
    readings.take(now=datetime(2026, 10, 20, tzinfo=UTC))
    readings.take(now=datetime(2026, 11, 2, tzinfo=UTC))
    assert standing(OCTOBER).kind == ReadingKind.DAILY and standing(OCTOBER).day == date(2026, 10, 31)
    join("Bob", datetime(2026, 10, 6, tzinfo=UTC))  # known late, but before the month has settled
    readings.take(now=datetime(2026, 11, 4, tzinfo=UTC))
    frozen = standing(OCTOBER)
    assert (frozen.kind, frozen.part) == (ReadingKind.FROZEN, 2)
    join("Cem", datetime(2026, 10, 7, tzinfo=UTC))
    readings.take(now=NOW)
    assert standing(OCTOBER) == frozen and standing(OCTOBER).part == 2


def test_a_correction_stands_beside_what_was_frozen(staff, outsider):
    join("Ann", datetime(2026, 10, 5, tzinfo=UTC))
    readings.backfill(OCTOBER, OCTOBER, by=staff, reason="History", now=NOW)
    frozen = standing(OCTOBER)
    with pytest.raises(readings.NothingToCorrect, match="as it was frozen"):
        readings.correct(PEOPLE, OCTOBER, by=staff, reason="Look", now=NOW)
    join("Bob", datetime(2026, 10, 6, tzinfo=UTC))
    with pytest.raises(PermissionDenied):
        readings.correct(PEOPLE, OCTOBER, by=outsider, reason="Mine", now=NOW)
    assert readings.correct(PEOPLE, OCTOBER, by=staff, reason="Bob was late", now=NOW + timedelta(days=1)) == 2
    row = standing(OCTOBER)
    assert (row.kind, row.part, row.corrects, row.taken_by) == (ReadingKind.CORRECTION, 2, frozen, staff)
    assert KpiReading.objects.known_on(NOW.date()).of_unit(None).standing().get() == frozen  # the board as it was
    assert set(AuditEvent.objects.values_list("verb", flat=True)) >= {"portal.kpi_backfilled", "portal.kpi_corrected"}


def test_a_month_that_runs_is_not_corrected(staff):
    readings.take(now=NOW)
    with pytest.raises(readings.NothingToCorrect, match="not frozen yet"):
        readings.correct(PEOPLE, NOVEMBER, by=staff, reason="x", now=NOW)


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_what_is_frozen(staff, act):
    readings.backfill(OCTOBER, OCTOBER, by=staff, reason="History", now=NOW)
    target = readings.aim(PEOPLE, value=Decimal(5), reason="More", by=staff, now=NOW)
    for rows in (KpiReading.objects.filter(kind="frozen"), KpiTarget.objects.filter(pk=target.pk)):
        with pytest.raises(DatabaseError, match="what is frozen never changes"), transaction.atomic():
            rows.update(kpi="other") if act == "update" else rows._raw_delete(rows.db)


def test_late_data_are_a_gap_and_never_zero(staff):
    join("Ann", datetime(2026, 10, 5, tzinfo=UTC))
    readings.take(now=datetime(2026, 10, 20, tzinfo=UTC))
    LATE.append("The inventory of October has not come.")
    readings.take(now=datetime(2026, 11, 5, tzinfo=UTC))
    row = standing(OCTOBER)
    assert (row.kind, row.part, row.gap) == (ReadingKind.DAILY, None, LATE[0])
    figure = Board(monthly(OCTOBER), unit=None, against=None, today=date(2026, 11, 5)).figure(PEOPLE)
    assert figure.value is None and figure.missing == [f"October 2026: {LATE[0]}"] and figure.trend[-1] is None
    readings.take(now=datetime(2026, 11, 26, tzinfo=UTC))  # it never came: the gap is frozen
    assert (standing(OCTOBER).kind, standing(OCTOBER).gap) == (ReadingKind.FROZEN, LATE[0])


def test_it_comes_after_all_before_the_gap_is_frozen(staff):
    join("Ann", datetime(2026, 10, 5, tzinfo=UTC))
    readings.take(now=datetime(2026, 10, 20, tzinfo=UTC))
    LATE.append("Late.")
    readings.take(now=datetime(2026, 11, 5, tzinfo=UTC))
    LATE.clear()
    readings.take(now=datetime(2026, 11, 6, tzinfo=UTC))
    assert (standing(OCTOBER).kind, standing(OCTOBER).part) == (ReadingKind.FROZEN, 1)


def test_a_target_holds_from_its_month_on(staff, owner):
    join("Ann", datetime(2026, 10, 5, tzinfo=UTC))
    readings.backfill(OCTOBER, OCTOBER, by=staff, reason="History", now=NOW)
    readings.take(now=NOW)
    with pytest.raises(PermissionDenied):
        readings.aim(PEOPLE, value=Decimal(9), reason="Mine", by=owner, now=NOW)
    readings.aim(PEOPLE, value=Decimal(7), reason="We grow", by=staff, now=NOW)
    assert (standing(OCTOBER).target, standing(NOVEMBER).target) == (2, 7)
    readings.aim(PEOPLE, value=None, reason="No more", by=staff, now=NOW)
    readings.take(now=NOW + timedelta(hours=1))
    assert standing(NOVEMBER).target is None


def test_a_back_fill_leaves_what_is_frozen_and_the_month_that_runs(staff):
    frozen = KpiReading.objects.of_unit(None).filter(kind="frozen")
    readings.backfill(date(2026, 8, 1), NOVEMBER, by=staff, reason="History", now=NOW)
    assert frozen.count() == 3
    readings.backfill(date(2026, 7, 15), NOVEMBER, by=staff, reason="More", now=NOW)
    assert frozen.count() == 4 and frozen.filter(reason="More").count() == 1


class TestBoard:
    def figure(self, span, **options):
        return Board(span, unit=None, today=NOW.date(), **{"against": span.before(), **options}).figure(PEOPLE)

    def test_what_happened_adds_up_over_a_span_and_is_compared_with_as_much(self, staff):
        for day in ("2026-07-05", "2026-08-05", "2026-09-05", "2026-09-06", "2026-10-05", "2026-11-05", "2026-11-06"):
            join(day, datetime.fromisoformat(day).replace(tzinfo=UTC))
        readings.backfill(date(2026, 7, 1), OCTOBER, by=staff, reason="History", now=NOW)
        readings.take(now=NOW)
        quarter = self.figure(monthly(NOVEMBER))
        assert (quarter.value, quarter.before, quarter.is_better, quarter.is_met) == (2, 1, True, True)
        figure = self.figure(quarterly(NOVEMBER))  # two of its months have begun: compared with July and August
        assert (figure.value, figure.before, figure.missing) == (3, 2, [])
        assert figure.trend[-5:] == [1, 1, 2, 1, 2]

    def test_a_month_nobody_read_is_said(self, staff):
        readings.take(now=NOW)
        assert self.figure(quarterly(NOVEMBER)).missing == ["October 2026 was not read"]
