"""Undoing a whole run gives every row back as it was."""

from datetime import timedelta

import pytest

from catalog.actions import sweeps as actions
from catalog.models import Archive, Flag, MicroApp
from catalog.models.sweep_run import SweepState
from catalog.sweeps import engine
from portal.models import AuditEvent, Notification
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, make_app
from tests.makers.portal import make_person
from tests.makers.sweeps import make_overdue, make_unused, sweep

pytestmark = pytest.mark.django_db
TOLD_BY_SWEEPS = ["app_archived", "app_flagged", "ownership_moved", "second_ownership_moved"]
COLUMNS = [field.attname for field in MicroApp._meta.concrete_fields if field.attname != "search"]


def rows():
    return list(MicroApp.objects.order_by("pk").values_list(*COLUMNS))


def undo(run, staff, now=NOW + timedelta(hours=1)):
    return engine.undo(actions.take_back(run, by=staff, now=now, reason="It was a mistake."), by=staff, now=now)


@pytest.mark.parametrize("kind", ["expire", "stale", "orphan"])
def test_gives_back_equal_rows(owner, second_owner, staff, kind):
    make_overdue(3, owner=owner, second_owner=second_owner)
    make_unused(3, owner=owner, second_owner=second_owner)
    gone = make_person("Rui Costa", is_active=False)
    make_app("Left behind", owner=gone, now=NOW - timedelta(days=20))
    before = rows()
    run = sweep(kind)
    assert run.applied and rows() != before
    assert undo(run, staff).state == SweepState.UNDONE
    assert rows() == before
    assert not Flag.objects.filter(answered_at=None).exists()
    assert not Archive.objects.filter(restored_at=None).exists()
    assert not Notification.objects.filter(closed_at=None, kind__in=TOLD_BY_SWEEPS).exists()
    assert AuditEvent.objects.filter(verb="catalog.sweep_undone", actor=staff).count() == 1


def test_leaves_alone_what_somebody_changed_since(owner, second_owner, staff):
    apps = make_overdue(2, owner=owner, second_owner=second_owner)
    run = sweep("expire")
    Archive.objects.filter(app=apps[0]).update(restored_at=NOW)
    MicroApp.objects.filter(pk=apps[0].pk).update(state="active", archived_at=None, purpose="Changed by hand.")
    undo(run, staff)
    assert list(run.items.order_by("app").values_list("state", "note")) == [("applied", "kept"), ("undone", "")]
    assert MicroApp.objects.get(pk=apps[0].pk).purpose == "Changed by hand."


def test_the_same_sweep_lets_the_apps_rest_afterwards(owner, second_owner, staff):
    make_overdue(2, owner=owner, second_owner=second_owner)
    undo(sweep("expire"), staff)
    assert sweep("expire", NOW + timedelta(days=6)).planned == 0
    assert sweep("expire", NOW + timedelta(days=8)).applied == 2


def test_only_once(owner, second_owner, staff):
    make_overdue(1, owner=owner, second_owner=second_owner)
    run = sweep("expire")
    undo(run, staff)
    with pytest.raises(InvalidTransition):
        undo(run, staff)
