"""The command that reads the figures of the past: what it freezes, and what it refuses."""

import pytest
from django.core.management import CommandError, call_command

from portal.models import AuditEvent, KpiReading
from portal.models.kpi_reading import ReadingKind

pytestmark = pytest.mark.django_db


def test_months_are_frozen_once_and_it_says_how_many(staff, capsys):
    said = {"first": "2026-01", "last": "2026-02", "by": staff.email, "reason": "History"}
    call_command("kpi_readings", **said)
    count = KpiReading.objects.filter(kind=ReadingKind.FROZEN).count()
    assert count and f"{count:,} readings frozen" in capsys.readouterr().out
    assert {row.reason for row in KpiReading.objects.all()} == {"History"}
    call_command("kpi_readings", **said)
    assert "0 readings frozen" in capsys.readouterr().out and KpiReading.objects.count() == count
    assert AuditEvent.objects.filter(actor=staff).exists()


def test_without_months_those_of_this_hour_are_taken(db, capsys):
    call_command("kpi_readings")
    assert KpiReading.objects.filter(kind=ReadingKind.DAILY).exists() and "readings taken" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"reason": " "}, "who asks for it"),
        ({"by": "nobody@example.org"}, "Nobody here"),
        ({"first": "January"}, "is no month"),
        ({"by": "outsider"}, "."),
    ],
)
def test_what_is_missing_is_said(staff, outsider, wrong, says):
    said = {"first": "2026-01", "by": staff.email, "reason": "History", **wrong}
    if said["by"] == "outsider":
        said["by"] = outsider.email
    with pytest.raises(CommandError, match=says):
        call_command("kpi_readings", **said)
    assert not KpiReading.objects.exists()
