from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from portal.actions import absences
from portal.models import Absence, AuditEvent
from portal.states import InvalidTransition

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def away(person, first, last, **fields):
    days = {"starts_on": date.fromisoformat(first), "ends_on": date.fromisoformat(last), **fields}
    return absences.add(person, fields=days, by=person, now=NOW)


def test_an_absence_is_kept_with_its_delegate(owner, second_owner):
    absence = away(owner, "2026-12-01", "2026-12-11", delegate=second_owner)

    assert Absence.objects.on(date(2026, 12, 11)).get() == absence
    event = AuditEvent.objects.get(verb="portal.absence_added")
    assert event.facts == {"first_day": "2026-12-01", "last_day": "2026-12-11", "delegate": "Tomas Ruiz"}


@pytest.mark.parametrize(
    "days", [("2026-12-11", "2026-12-20"), ("2026-11-25", "2026-12-01"), ("2026-12-05", "2026-12-05")]
)
def test_a_second_absence_on_the_same_days_is_refused(owner, days):
    away(owner, "2026-12-01", "2026-12-11")
    with pytest.raises(ValidationError, match="already out of office from 1 December 2026"):
        away(owner, *days)
    assert Absence.objects.count() == 1


def test_the_next_day_is_free(owner):
    away(owner, "2026-12-01", "2026-12-11")
    away(owner, "2026-12-12", "2026-12-12")
    assert Absence.objects.count() == 2


def test_back_early_means_yesterday_was_the_last_day(owner):
    absence = away(owner, "2026-11-16", "2026-12-11")
    absences.end(absence, by=owner, now=NOW)
    absence.refresh_from_db()
    assert absence.ends_on == date(2026, 11, 22)
    with pytest.raises(InvalidTransition, match="over already"):
        absences.end(absence, by=owner, now=NOW)


@pytest.mark.parametrize("first", ["2026-11-23", "2026-12-01"])
def test_an_absence_not_yet_begun_is_gone(owner, first):
    absence = away(owner, first, "2026-12-11")
    absences.end(absence, by=owner, now=NOW)
    assert not Absence.objects.exists()
    assert AuditEvent.objects.filter(verb="portal.absence_ended", subject_id=owner.pk).count() == 1
    with pytest.raises(InvalidTransition):
        absences.end(absence, by=owner, now=NOW)


def test_today_is_the_persons_own(owner):
    owner.time_zone = "Pacific/Kiritimati"  # 23:00 on the 23rd there already
    owner.save()
    absence = away(owner, "2026-11-23", "2026-11-30")
    absences.end(absence, by=owner, now=datetime(2026, 11, 23, 11, 0, tzinfo=UTC))
    absence.refresh_from_db()
    assert absence.ends_on == date(2026, 11, 23)


def test_only_the_person_and_staff_end_it(owner, outsider, staff):
    absence = away(owner, "2026-12-01", "2026-12-11")
    with pytest.raises(PermissionDenied):
        absences.end(absence, by=outsider, now=NOW)
    absences.end(absence, by=staff, now=NOW)
    assert not Absence.objects.exists()
