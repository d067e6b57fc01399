from datetime import UTC, date, datetime, timedelta

import pytest

from catalog.actions.archives import archive
from catalog.actions.hand_overs import offer
from catalog.actions.restorations import restore
from catalog.models import Archive, HandOver, MicroApp
from catalog.snapshots import digest, snapshot
from catalog.states import AppState
from portal.models import AuditEvent, Notification
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, make_app, make_connector

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=5)


@pytest.fixture
def app(owner, second_owner):
    app = make_app(owner=owner, second_owner=second_owner)
    app.connector_uses.create(connector=make_connector("Payroll"))
    app.connector_uses.create(connector=make_connector("Badges"))
    app.hosts.create(host="api.example.org")
    app.needs.create(needed=make_app("Roster", owner=owner, second_owner=second_owner))
    return app


def test_archiving_keeps_a_snapshot_with_its_digest(app, owner, second_owner):
    put_away = archive(app, by=owner, now=LATER, reason="The season is over.")
    assert put_away.snapshot == snapshot(app)
    assert put_away.digest == digest(put_away.snapshot)
    assert put_away.snapshot["connectors"] == ["badges", "payroll"]
    assert put_away.restore_until == date(2026, 11, 28) + timedelta(days=180)
    assert put_away.state_before == AppState.ACTIVE
    told = Notification.objects.get(kind="app_archived")
    assert (told.user, told.params["until"]) == (second_owner, put_away.restore_until.isoformat())


def test_archiving_answers_the_flag_and_takes_offers_back(owner, second_owner, outsider):
    app = make_app(owner=owner, second_owner=second_owner, state=AppState.FLAGGED)
    offer(app, taker=outsider, by=owner, now=NOW, reason="She uses it.")
    archive(app, by=owner, now=LATER, reason="Nobody uses it.")
    assert app.flags.get().answer == "archive"
    assert HandOver.objects.get().state == "withdrawn"
    assert not Notification.objects.filter(asks=True, closed_at=None, about_id=app.pk).exclude(
        kind__startswith="request"
    )


def test_a_restore_gives_everything_back_equal(app, owner):
    before = snapshot(app)
    archive(app, by=owner, now=LATER, reason="The season is over.")
    app.connector_uses.filter(connector__slug="payroll").delete()  # what goes with the heavy data
    app.hosts.all().delete()
    app.needs.all().delete()
    MicroApp.objects.filter(pk=app.pk).update(purpose="Overwritten by an import.", audience_size=1)
    restored = restore(app, by=owner, now=LATER + timedelta(days=30))
    assert restored.equal
    assert restored.differences == {}
    app.refresh_from_db()
    assert snapshot(app) == before
    assert (app.state, app.archived_at) == (AppState.ACTIVE, None)
    proof = AuditEvent.objects.get(verb="catalog.app_restored")
    assert (proof.facts["equal"], proof.facts["digest"]) == (True, digest(before))
    put_away = Archive.objects.get()
    assert (put_away.restored_by, put_away.restored_at) == (owner, LATER + timedelta(days=30))


def test_people_who_moved_on_stay_moved_and_it_is_said(app, owner, second_owner, outsider):
    archive(app, by=owner, now=LATER, reason="The season is over.")
    MicroApp.objects.filter(pk=app.pk).update(owner=outsider)
    restored = restore(app, by=outsider, now=LATER)
    assert not restored.equal
    assert restored.differences == {"owner_id": [owner.pk, outsider.pk]}
    assert AuditEvent.objects.get(verb="catalog.app_restored").facts["equal"] is False


def test_a_running_term_goes_on(app, owner):
    archive(app, by=owner, now=LATER, reason="Pause.")
    assert restore(app, by=owner, now=LATER + timedelta(days=85)).new_end == date(2027, 2, 21)


@pytest.mark.parametrize(("lifespan", "days"), [(30, 30), (90, 90), (365, 90)])
def test_a_term_that_passed_is_replaced_by_a_fresh_one(owner, second_owner, lifespan, days):
    app = make_app(owner=owner, second_owner=second_owner, lifespan_days=lifespan, expires_on=date(2026, 12, 1))
    archive(app, by=owner, now=LATER, reason="Pause.")
    restored = restore(app, by=owner, now=datetime(2026, 12, 2, 9, 0, tzinfo=UTC))
    assert restored.new_end == date(2026, 12, 2) + timedelta(days=days)


def test_one_click_restore_ends_after_its_last_day(app, owner):
    put_away = archive(app, by=owner, now=LATER, reason="Pause.")
    last = datetime.combine(put_away.restore_until, datetime.max.time(), tzinfo=UTC)
    with pytest.raises(InvalidTransition, match="ended on"):
        restore(app, by=owner, now=last + timedelta(minutes=1))
    app.refresh_from_db()
    assert app.state == AppState.ARCHIVED
    restore(app, by=owner, now=last - timedelta(minutes=1))


def test_it_can_be_archived_and_restored_again(app, owner):
    for turn in range(3):
        archive(app, by=owner, now=LATER + timedelta(days=turn), reason="Pause.")
        assert restore(app, by=owner, now=LATER + timedelta(days=turn)).equal
    assert Archive.objects.filter(restored_at=None).count() == 0
