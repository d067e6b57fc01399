"""A double start, four workers at once, a crash in the middle: each app is acted on exactly once."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from catalog.models import Archive, MicroApp, SweepRun
from catalog.sweeps import engine
from portal.models import AuditEvent, Notification
from tests.makers.catalog import NOW
from tests.makers.sweeps import make_overdue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def overdue(owner, second_owner, staff):
    return make_overdue(9, owner=owner, second_owner=second_owner)


def expect_once(apps):
    assert set(MicroApp.objects.values_list("state", flat=True)) == {"archived"}
    assert Counter(Archive.objects.values_list("app", flat=True)) == Counter(app.pk for app in apps)
    assert AuditEvent.objects.filter(verb="catalog.app_archived").count() == len(apps)
    assert Notification.objects.filter(kind="app_archived").count() == 2 * len(apps)
    assert AuditEvent.objects.filter(verb="catalog.sweep_done").count() == 1


def at_once(count, work):
    failures = []

    def guarded():
        try:
            work()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=guarded) for _number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_twice(overdue):
    for _turn in range(2):
        engine.run(engine.plan("expire", due=NOW, now=NOW), now=NOW)
    expect_once(overdue)


def test_four_at_once(overdue):
    at_once(4, lambda: engine.run(engine.plan("expire", due=NOW, now=NOW), now=NOW, size=1))
    assert SweepRun.objects.count() == 1
    expect_once(overdue)


def test_after_a_crash_in_the_middle(overdue):
    class Crash(Exception):
        pass

    def crash(done):
        if done == 4:
            raise Crash

    run = engine.plan("expire", due=NOW, now=NOW)
    with pytest.raises(Crash):
        engine.run(run, now=NOW, size=2, report=crash)
    assert MicroApp.objects.filter(state="archived").count() == 4
    engine.run(SweepRun.objects.get(pk=run.pk), now=NOW + timedelta(minutes=3), size=2)
    expect_once(overdue)


def test_a_latecomer_is_left_alone(overdue):
    run = engine.plan("expire", due=NOW, now=NOW)
    MicroApp.objects.filter(pk=overdue[0].pk).update(expires_on=NOW.date() + timedelta(days=90))
    engine.run(run, now=NOW)
    assert MicroApp.objects.get(pk=overdue[0].pk).state == "active"
    assert list(run.items.filter(app=overdue[0]).values_list("state", "note")) == [("skipped", "changed")]
    run.refresh_from_db()
    assert (run.planned, run.applied, run.skipped) == (9, 8, 1)
