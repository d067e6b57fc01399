import pytest
from django.utils import timezone

from portal import audit, timeline
from tests.makers.catalog import NOW, make_app

pytestmark = pytest.mark.django_db


def test_a_things_events_are_read_newest_first_in_one_query(owner, second_owner, django_assert_num_queries):
    app = make_app(owner=owner, second_owner=second_owner)
    audit.record("catalog.app_changed", app, by=owner, now=NOW, reason="New team.")
    with django_assert_num_queries(1):
        rows = timeline.events_of(app)
    assert [row.title for row in rows][0] == "Changed"
    assert rows[0].actor == owner.name
    assert rows[0].reason == "New team."
    assert "Approved and live" in [row.title for row in rows]


def test_fields_and_choices_are_named_as_people_say_them(owner, second_owner):
    app = make_app(owner=owner, second_owner=second_owner)
    audit.record(
        "catalog.app_changed",
        app,
        by=owner,
        changes={
            "data_classification": ["internal", "confidential"],
            "expires_on": ["2026-12-01", "2027-03-01"],
            "connectors": [["HR system"], ["HR system", "Payroll"]],
        },
    )
    changes = timeline.events_of(app)[0].changes
    assert ("Data it handles", "Internal", "Confidential") in changes
    assert ("Ends on", "1 December 2026", "1 March 2027") in changes
    assert ("Connectors", "HR system", "HR system, Payroll") in changes


def test_times_are_shown_in_the_readers_zone(owner, second_owner):
    app = make_app(owner=owner, second_owner=second_owner)
    audit.record("catalog.app_changed", app, by=owner, changes={"archived_at": [None, "2026-07-01T22:30:00+00:00"]})
    with timezone.override("Europe/Madrid"):
        assert timeline.events_of(app)[0].changes == [("Archived", "", "2 July 2026, 00:30")]


def test_a_verb_that_is_gone_is_still_shown(owner):
    event = audit.event("portal.person_changed", owner, by=None)
    event.verb = "portal.long_gone"
    event.save()
    assert timeline.events_of(owner)[0].title == "portal.long_gone"
    assert timeline.events_of(owner)[0].actor == "Trellis"


@pytest.mark.parametrize("kept", ["2026-13-40", "soon", 7, {"a": [1]}])
def test_values_that_do_not_fit_their_field_are_shown_as_they_are(owner, second_owner, kept):
    app = make_app(owner=owner, second_owner=second_owner)
    audit.record("catalog.app_changed", app, by=owner, changes={"expires_on": [kept, None], "odd": kept})
    assert len(timeline.events_of(app)[0].changes) == 2
