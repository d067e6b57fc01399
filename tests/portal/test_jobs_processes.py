"""Jobs with real workers that die, and several drains at once."""

import os
import signal

import pytest
from django.utils import timezone

from portal import jobs
from portal.leases import LEASE
from portal.models import AuditEvent, Job
from portal.models.job import JobState
from tests.portal import job_bodies  # noqa: F401  (registers the bodies)
from tests.workers import kill, python, wait_until, worker

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]

DRAIN = "from tests.portal import job_bodies; from portal import jobs; jobs.drain()"
CRASH = """
import os
from django.db import transaction
from portal import jobs
from tests.portal import job_bodies
with transaction.atomic():
    transaction.on_commit(lambda: os._exit(9))
    jobs.enqueue("tests.once")
"""


def test_a_worker_killed_in_the_middle_loses_nothing():
    with worker("tests.portal.job_bodies") as first:
        job = jobs.enqueue("tests.steps", steps=8, pause=0.4)
        wait_until(lambda: Job.objects.get(pk=job.pk).progress >= 2)
        kill(first)
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    assert jobs.drain() == 0, "its lease still runs"
    assert jobs.drain(now=timezone.now() + LEASE * 1.5) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result) == (JobState.DONE, 2, {"steps": 8})
    done = AuditEvent.objects.about("portal.job", job.pk).values_list("reason", flat=True)
    assert set(done) == {f"step {number}" for number in range(8)}
    assert len(done) <= 9, "at most the step in which it died is done again"


def test_four_drains_at_once_do_each_job_once():
    made = [jobs.enqueue("tests.once").pk for _ in range(60)]
    drains = [python(DRAIN) for _ in range(4)]
    assert [drain.wait(60) for drain in drains] == [0, 0, 0, 0]
    assert Job.objects.filter(state=JobState.DONE, attempts=1).count() == 60
    did = AuditEvent.objects.filter(reason="once").values_list("subject_id", flat=True)
    assert sorted(did) == sorted(made)


def test_a_crash_between_commit_and_wake_up_is_found_by_the_drain():
    assert python(CRASH).wait(30) == 9
    job = Job.objects.get()
    assert job.state == JobState.OPEN
    assert jobs.drain() == 1
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_a_drain_killed_in_the_middle_is_finished_by_the_next():
    job = jobs.enqueue("tests.steps", steps=50, pause=0.2)
    child = python(DRAIN)
    wait_until(lambda: Job.objects.get(pk=job.pk).progress >= 1)
    os.kill(child.pid, signal.SIGKILL)
    child.wait(10)
    Job.objects.filter(pk=job.pk).update(progress=48)
    assert jobs.drain(now=timezone.now() + LEASE * 1.5) == 1
    job.refresh_from_db()
    assert job.state == JobState.DONE
