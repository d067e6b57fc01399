"""An incident from the report to the lesson: who may do what, what is told to whom, and what the board makes of it."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from catalog.actions import incidents
from catalog.kpis import incidents as kpis
from catalog.models import Incident, IncidentNote
from portal.kpis import KPIS, Window
from portal.models import AuditEvent, Notification
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, make_app
from tests.makers.incidents import make_incident
from tests.makers.portal import make_person

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def app(owner, second_owner):
    return make_app(owner=owner, second_owner=second_owner)


@pytest.fixture
def incident(app, outsider):
    return make_incident(app, by=outsider, now=NOW)


def test_owners_and_staff_are_told_and_whoever_reported_is_not(staff, incident, app, owner, second_owner, outsider):
    told = Notification.objects.filter(kind="incident_reported").values_list("user", flat=True)
    assert {owner.pk, second_owner.pk, staff.pk} == set(told) and outsider.pk not in told
    assert incident.business_unit == app.business_unit and incident.is_open and incident.is_attributable is None
    assert AuditEvent.objects.filter(verb="catalog.app_in_incident", subject_id=str(app.pk)).count() == 1


def test_what_lies_ahead_was_not_noticed_yet(app, outsider):
    with pytest.raises(ValidationError, match="future"):
        make_incident(app, by=outsider, now=NOW, noticed=-HOUR)
    assert not Incident.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_report(outsider):
    made = []

    def report():
        made.append(make_incident(by=outsider, now=NOW).pk)
        connection.close()

    threads = [threading.Thread(target=report) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4 and Incident.objects.count() == 1


def test_resolved_reopened_and_never_twice(incident, owner, outsider):
    incidents.resolve(incident, text="Shared with the buyers only.", by=owner, now=NOW + HOUR)
    with pytest.raises(InvalidTransition, match="resolved already"):
        incidents.resolve(incident, text="Again", by=owner, now=NOW + 2 * HOUR)
    assert Notification.objects.filter(kind="incident_resolved", user=outsider).count() == 1
    incidents.reopen(incident, text="It came back.", by=outsider, now=NOW + 3 * HOUR)
    incident.refresh_from_db()
    assert incident.is_open and incident.resolved_at is None
    with pytest.raises(InvalidTransition, match="is open"):
        incidents.reopen(incident, text="Again", by=outsider, now=NOW + 4 * HOUR)
    assert list(incident.notes.order_by("at").values_list("text", flat=True)) == [
        "Shared with the buyers only.",
        "It came back.",
    ]


def test_a_note_sent_twice_is_one_line(incident, owner):
    for _turn in range(2):
        incidents.note(incident, text="The share is closed.", by=owner, now=NOW)
    assert IncidentNote.objects.count() == 1


def test_the_cause_is_decided_by_a_reviewer_who_owns_none_of_the_apps(incident, app, owner, outsider, reviewer):
    said = {"is_attributable": True, "cause": "Shared with everyone."}
    for person, why in ((outsider, "by a reviewer"), (owner, "by a reviewer")):
        with pytest.raises(PermissionDenied, match=why):
            incidents.decide_cause(incident, **said, by=person, now=NOW)
    app.second_owner = reviewer
    app.save()
    with pytest.raises(PermissionDenied, match="You own an app"):
        incidents.decide_cause(incident, **said, by=reviewer, now=NOW)
    app.second_owner = outsider
    app.save()
    incidents.decide_cause(incident, **said, by=reviewer, now=NOW)
    incident.refresh_from_db()
    assert incident.is_attributable and incident.decided_by == reviewer
    incidents.decide_cause(incident, is_attributable=False, cause="It was the network.", by=reviewer, now=NOW + HOUR)
    events = AuditEvent.objects.filter(verb="catalog.incident_cause_decided")
    assert events.count() == 2 and events.latest("id").changes["is_attributable"] == [True, False]


def test_who_sees_it(incident, owner, second_owner, outsider, reviewer, board_member, staff, auditor):
    for person in (owner, second_owner, outsider, reviewer, board_member, staff, auditor):
        assert Incident.objects.visible_to(person).exists(), person
    stranger = make_person("Stranger")
    assert not Incident.objects.visible_to(stranger).exists()
    unit = incident.business_unit
    unit.lead = stranger
    unit.save()
    assert Incident.objects.visible_to(stranger).exists(), "it is in their unit"


def test_the_board_counts_what_a_micro_app_caused(app, outsider, reviewer):
    found = [make_incident(app, by=outsider, now=NOW, title=f"Incident {number}") for number in range(4)]
    incidents.decide_cause(found[0], is_attributable=True, cause="The app.", by=reviewer, now=NOW)
    incidents.decide_cause(found[1], is_attributable=False, cause="The network.", by=reviewer, now=NOW)
    incidents.resolve(found[2], text="Done.", by=outsider, now=NOW + 10 * HOUR)
    window = Window(NOW - timedelta(days=1), NOW + timedelta(days=1))
    rows = kpis.noticed(window)
    assert sum(row.kpi_part for row in rows) == 1 and len(rows) == 4
    assert sorted(kpis.verdict(row) for row in rows) == ["no", "not decided yet", "not decided yet", "yes"]
    assert sum(row.kpi_part for row in kpis.resolved(window)) == Decimal("0.5"), "twelve hours from noticed to resolved"
    assert KPIS["catalog.incidents"].rank == 3
