import threading
from datetime import timedelta

import pytest
from celery import current_app
from django.db import connection, transaction
from django.utils import timezone

from portal import jobs, leases
from portal.actions import jobs as actions
from portal.models import AuditEvent, Job, Notification
from portal.models.job import JobState
from portal.states import InvalidTransition
from tests.portal import job_bodies  # noqa: F401  (registers the bodies)

pytestmark = pytest.mark.django_db


def again(job):
    return Job.objects.get(pk=job.pk)


def due(job):
    """Let a waiting job's time come."""
    Job.objects.filter(pk=job.pk).update(run_after=timezone.now() - timedelta(seconds=1))


def test_an_unknown_name_is_an_error_at_once():
    with pytest.raises(KeyError):
        jobs.enqueue("tests.unknown")


def test_asking_twice_with_a_key_gives_the_first_job_back(owner):
    first = jobs.enqueue("tests.once", by=owner, key="a")
    assert jobs.enqueue("tests.once", key="a") == first
    assert jobs.enqueue("tests.once", key="b") != first


def test_a_job_runs_once(owner):
    job = jobs.enqueue("tests.once", by=owner)
    assert jobs.drain() == 1
    assert jobs.drain() == 0
    assert not jobs.run(job.pk)
    assert again(job).state == JobState.DONE
    assert AuditEvent.objects.filter(reason="once").count() == 1


def test_a_job_whose_time_has_not_come_waits():
    job = jobs.enqueue("tests.once", run_after=timezone.now() + timedelta(hours=1))
    assert jobs.drain() == 0
    assert jobs.drain(now=timezone.now() + timedelta(hours=2)) == 1
    assert again(job).state == JobState.DONE


def test_a_failing_job_is_tried_again_later_and_dies_after_five_attempts(owner):
    job = jobs.enqueue("tests.fails", by=owner, title="Import")
    for attempt in range(1, 6):
        due(job)
        assert jobs.drain() == 1
        job = again(job)
        assert job.attempts == attempt
        assert job.error == "ValueError: no luck"
        if attempt < 5:
            assert job.state == JobState.OPEN
            assert job.run_after > timezone.now()
    assert job.state == JobState.DEAD
    note = Notification.objects.get(user=owner)
    assert note.kind == "job_failed"
    assert note.params["title"] == "Import"


def test_a_refused_job_is_not_tried_again(owner):
    job = jobs.enqueue("tests.fails", by=owner, refuse=True)
    jobs.drain()
    assert again(job).state == JobState.DEAD
    assert again(job).error == "The file is empty. Upload one with rows."
    assert jobs.drain() == 0


def test_only_long_work_is_announced_when_it_is_done(owner):
    short = jobs.enqueue("tests.once", by=owner)
    jobs.drain()
    assert not Notification.objects.filter(user=owner).exists()
    long = jobs.claim(jobs.enqueue("tests.once", by=owner, result_url="/apps/").pk, now=timezone.now())
    jobs.finish(long, JobState.DONE, now=timezone.now() + timedelta(seconds=11))
    note = Notification.objects.get(user=owner)
    assert (note.kind, note.url) == ("job_done", "/apps/")
    assert again(short).state == JobState.DONE


def test_a_worker_that_was_given_up_on_writes_nothing_more():
    job = jobs.enqueue("tests.once")
    slow = jobs.claim(job.pk, now=timezone.now())
    assert jobs.claim(job.pk, now=timezone.now()) is None, "a held job is nobody else's"
    later = timezone.now() + leases.LEASE + timedelta(seconds=1)
    second = jobs.claim(job.pk, now=later)
    assert second.attempts == 2
    with pytest.raises(jobs.Lost):
        jobs.advance(slow, step="too late")
    jobs.finish(slow, JobState.DONE, now=later)
    jobs.retry_later(slow, ValueError("late"), now=later)
    assert again(job).state == JobState.RUNNING
    jobs.finish(second, JobState.DONE, now=later)
    assert again(job).state == JobState.DONE


def test_a_job_whose_workers_all_die_is_dead_and_not_tried_for_ever():
    job = jobs.enqueue("tests.once")
    now = timezone.now()
    for _attempt in range(5):
        assert jobs.claim(job.pk, now=now)
        now += timedelta(minutes=5)
    assert jobs.claim(job.pk, now=now) is None
    assert again(job).state == JobState.DEAD
    assert "died every time" in again(job).error


def test_a_waiting_job_stops_at_once_and_a_running_one_at_its_next_step(owner):
    waiting = actions.cancel(jobs.enqueue("tests.once", by=owner), by=owner, now=timezone.now())
    assert waiting.state == JobState.CANCELLED
    assert jobs.drain() == 0
    running = jobs.claim(jobs.enqueue("tests.once", by=owner).pk, now=timezone.now())
    actions.cancel(running, by=owner, now=timezone.now())
    actions.cancel(running, by=owner, now=timezone.now())
    assert AuditEvent.objects.filter(verb="portal.job_cancelled", subject_id=running.pk).count() == 1
    with pytest.raises(jobs.Cancelled):
        jobs.advance(running, step="Next")


def test_a_stopped_job_whose_worker_died_is_not_begun_again(owner):
    running = jobs.claim(jobs.enqueue("tests.once", by=owner).pk, now=timezone.now())
    actions.cancel(running, by=owner, now=timezone.now())
    assert jobs.claim(running.pk, now=timezone.now() + timedelta(minutes=5)) is None
    assert again(running).state == JobState.CANCELLED


def test_a_failed_job_is_started_again_or_discarded_with_an_audit_entry(staff):
    first, second = (jobs.enqueue("tests.fails", refuse=True) for _ in range(2))
    jobs.drain()
    actions.retry(first, by=staff, now=timezone.now())
    assert (again(first).state, again(first).attempts) == (JobState.OPEN, 0)
    actions.discard(second, by=staff, now=timezone.now())
    assert again(second).state == JobState.CANCELLED
    verbs = AuditEvent.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["portal.job_retried", "portal.job_discarded"]
    for act in (actions.retry, actions.discard):
        with pytest.raises(InvalidTransition):
            act(second, by=staff, now=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_a_long_step_keeps_its_lease(monkeypatch):
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=0.4))
    job = jobs.enqueue("tests.steps", steps=1, pause=1.2)
    seen = []

    def late(_job_id):
        seen.append(jobs.claim(job.pk, now=timezone.now()))
        connection.close()

    timer = threading.Timer(0.9, late, [job.pk])
    timer.start()
    assert jobs.run(job.pk)
    timer.join()
    assert seen == [None]
    assert again(job).state == JobState.DONE


def forget_connections() -> None:
    """Celery keeps the address with which its pool was first opened; the tests after this one need the real one."""
    current_app._after_fork()


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_costs_nothing_but_time():
    old = current_app.conf.broker_url
    current_app.conf.broker_url = "redis+socket:///nowhere/valkey.sock"
    forget_connections()
    try:
        with transaction.atomic():
            job = jobs.enqueue("tests.once")
    finally:
        current_app.conf.broker_url = old
        forget_connections()
    assert again(job).state == JobState.OPEN
    assert jobs.drain() == 1
