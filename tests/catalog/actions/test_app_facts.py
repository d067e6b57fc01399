from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from catalog.actions import app_facts
from catalog.models import AppFact
from catalog.models.app_fact import FactKind
from portal.models import AuditEvent
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, make_app

SOON, LATER = NOW + timedelta(days=30), NOW + timedelta(days=40)


@pytest.mark.parametrize("kind", [FactKind.QUARANTINE, FactKind.FEATURED])
def test_staff_state_a_fact_and_end_it(staff, kind):
    app = make_app()
    fact = app_facts.state(app, by=staff, kind=kind, reason="Because.", until=SOON, now=NOW)
    assert list(AppFact.objects.standing(NOW)) == [fact]
    app_facts.end(fact, by=staff, reason="Over.", now=NOW + timedelta(days=1))
    assert not AppFact.objects.standing(NOW + timedelta(days=1)).exists()
    told = list(AuditEvent.objects.about("catalog.microapp", app.pk).values_list("verb", "reason")[:2])
    assert told == [(f"catalog.{kind}_ended", "Over."), (f"catalog.{kind}_stated", "Because.")]


def test_a_fact_ends_by_time_alone_and_can_then_be_stated_anew(staff):
    app = make_app()
    first = app_facts.state(app, by=staff, kind="featured", reason="Audit season.", until=SOON, now=NOW)
    assert not AppFact.objects.standing(LATER).exists()
    second = app_facts.state(app, by=staff, kind="featured", reason="Again.", until=LATER + timedelta(1), now=LATER)
    first.refresh_from_db()
    assert (first.ended_at, list(AppFact.objects.standing(LATER))) == (SOON, [second])


def test_an_exemption_is_asked_for(staff):
    with pytest.raises(InvalidTransition, match="two people"):
        app_facts.state(make_app(), by=staff, kind="exemption", reason="Because.", now=NOW)


def test_an_end_lies_ahead(staff):
    with pytest.raises(ValidationError, match="past"):
        app_facts.state(make_app(), by=staff, kind="featured", reason="Because.", until=NOW, now=NOW)


def test_the_same_fact_does_not_stand_twice(staff):
    app = make_app()
    app_facts.state(app, by=staff, kind="quarantine", reason="Leak.", now=NOW)
    with pytest.raises(InvalidTransition):
        app_facts.state(app, by=staff, kind="quarantine", reason="Leak.", now=NOW)


def test_ending_twice_is_refused(staff):
    fact = app_facts.state(make_app(), by=staff, kind="quarantine", reason="Leak.", now=NOW)
    app_facts.end(fact, by=staff, now=LATER)
    with pytest.raises(InvalidTransition):
        app_facts.end(fact, by=staff, now=LATER)


@pytest.mark.parametrize("person", ["owner", "second_owner", "reviewer", "auditor"])
def test_only_staff_state_facts(request, person, staff):
    app = make_app()
    fact = app_facts.state(app, by=staff, kind="featured", reason="Good.", now=NOW)
    someone = request.getfixturevalue(person) if person not in ("owner", "second_owner") else getattr(app, person)
    with pytest.raises(PermissionDenied):
        app_facts.state(app, by=someone, kind="quarantine", reason="Leak.", now=NOW)
    with pytest.raises(PermissionDenied):
        app_facts.end(fact, by=someone, now=LATER)
