"""Work that must not get lost: a row in the caller's transaction, a wake-up after commit, a drain that finds the rest.

A body is registered by name and may be run again after a crash: it must be resumable or idempotent."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from celery import current_app
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from kombu.exceptions import KombuError, OperationalError

from portal import leases, notifications
from portal.models import Job, User
from portal.models.job import JobState

BACK_OFF = [timedelta(seconds=s) for s in (5, 30, 120, 600, 3600)]
LONG = timedelta(seconds=10)
DRAIN_SECONDS = 30.0  # a drain starts nothing after this, so that its last job still has most of the task's time limit
log = structlog.get_logger(__name__)


class Cancelled(Exception):
    """The person who asked for the job cancelled it; raised by `advance` at a safe point."""


class Refused(Exception):
    """The job cannot be done and trying again would not help. The text is a sentence for the person who asked."""


class Lost(Exception):
    """Another worker has taken the job over; this one stops and writes nothing more."""


Body = Callable[..., dict[str, Any] | None]
BODIES: dict[str, Body] = {}
GIVEN_UP: dict[str, Body] = {}


def body(name: str) -> Callable[[Body], Body]:
    """Register `function(job, **arguments)` as the body of `name`. What it returns is kept as the job's result."""

    def register(function: Body) -> Body:
        BODIES[name] = function
        return function

    return register


def given_up(name: str) -> Callable[[Body], Body]:
    """Register `function(job, **arguments)` for when a job of `name` was cancelled or failed for good: nothing waits for it."""

    def register(function: Body) -> Body:
        GIVEN_UP[name] = function
        return function

    return register


def enqueue(
    name: str,
    *,
    by: User | None = None,
    title: str = "",
    key: str | None = None,
    run_after: datetime | None = None,
    result_url: str = "",
    **arguments: Any,
) -> Job:
    """Ask for work. With a `key`, asking twice gives the first job back. Raises KeyError for an unknown name."""
    BODIES[name]
    fields = {
        "name": name,
        "by": by,
        "title": title,
        "arguments": arguments,
        "result_url": result_url,
        "run_after": run_after or timezone.now(),
    }
    if key is None:
        job = Job.objects.create(**fields)
    else:
        job, created = Job.objects.get_or_create(key=key, defaults=fields)
        if not created:
            return job
    transaction.on_commit(lambda: wake(job.pk), robust=True)
    return job


def wake(job_id: int) -> None:
    """Tell a worker. A broker that is down costs nothing but time: the drain finds the row."""
    try:
        current_app.send_task("portal.run_job", kwargs={"job_id": job_id}, retry=False)
    except (OperationalError, KombuError, OSError, *current_app.connection_for_write().connection_errors) as error:  # type: ignore[misc]
        log.warning("job wake-up failed", job_id=job_id, error=str(error))


def claim(job_id: int, *, now: datetime) -> Job | None:
    """Take the job for this process, or None when another has it, it is over, or its time has not come."""
    with transaction.atomic():
        job = Job.objects.ready(now).select_for_update(skip_locked=True, of=("self",)).filter(pk=job_id).first()
        if job is None:
            return None
        if job.cancel_requested_at is not None:
            end(job, JobState.CANCELLED, now=now)
            return None
        if job.attempts >= job.max_attempts:
            end(job, JobState.DEAD, now=now, error=job.error or _("The worker died every time it tried."))
            return None
        job.state, job.attempts, job.error = JobState.RUNNING, job.attempts + 1, ""
        job.started_at, job.lease_until = job.started_at or now, leases.until(now)
        job.save(update_fields=["state", "attempts", "error", "started_at", "lease_until"])
        return job


def advance(job: Job, *, step: str = "", progress: int | None = None, total: int | None = None) -> None:
    """Report progress and stay alive; call it between batches.

    Raises Cancelled when the person asked to stop, and Lost when the job was given to another worker."""
    held = Job.objects.held_by(job)
    cancelled = held.values_list("cancel_requested_at", flat=True).first()
    if cancelled is not None:
        raise Cancelled
    job.step = step or job.step
    job.progress = job.progress if progress is None else progress
    job.total = job.total if total is None else total
    job.lease_until = leases.until(timezone.now())
    if not held.update(step=job.step, progress=job.progress, total=job.total, lease_until=job.lease_until):
        raise Lost


def run(job_id: int, *, now: datetime | None = None) -> bool:
    """Run one job to its end; True when this call did it."""
    job = claim(job_id, now=now or timezone.now())
    if job is None:
        return False
    try:
        with leases.kept(job):
            result = BODIES[job.name](job, **job.arguments) or {}
    except Cancelled:
        finish(job, JobState.CANCELLED, now=timezone.now())
    except Lost:
        log.warning("job was taken over", job=job.name, job_id=job.pk, attempt=job.attempts)
        return False
    except Refused as refusal:
        finish(job, JobState.DEAD, now=timezone.now(), error=str(refusal))
    except Exception as error:
        log.exception("job failed", job=job.name, job_id=job.pk, attempt=job.attempts)
        retry_later(job, error, now=timezone.now())
    else:
        job.result = result
        finish(job, JobState.DONE, now=timezone.now())
    return True


def retry_later(job: Job, error: Exception, *, now: datetime) -> None:
    says = f"{type(error).__name__}: {error}"
    if job.attempts >= job.max_attempts:
        finish(job, JobState.DEAD, now=now, error=says)
        return
    wait = BACK_OFF[min(job.attempts, len(BACK_OFF)) - 1]
    Job.objects.held_by(job).update(state=JobState.OPEN, lease_until=None, error=says, run_after=now + wait)


@transaction.atomic
def finish(job: Job, state: JobState, *, now: datetime, error: str = "") -> None:
    """End an attempt that this process holds. When it was taken over meanwhile, nothing is written."""
    if Job.objects.held_by(job).select_for_update(of=("self",)).exists():
        end(job, state, now=now, error=error)
    else:
        log.warning("job was taken over", job=job.name, job_id=job.pk, attempt=job.attempts)


def end(job: Job, state: JobState, *, now: datetime, error: str = "") -> None:
    """Write the end of a locked job and tell who asked for it, when it failed or took long enough to go away."""
    job.state, job.finished_at, job.lease_until, job.error = state, now, None, error
    job.save(update_fields=[
        "state", "finished_at", "lease_until", "error", "result", "result_url", "progress", "total", "step",
    ])  # fmt: skip
    if state in (JobState.CANCELLED, JobState.DEAD) and job.name in GIVEN_UP:
        GIVEN_UP[job.name](job, **job.arguments)
    if job.by is None or state not in (JobState.DONE, JobState.DEAD):
        return
    if state == JobState.DEAD or (job.started_at is not None and now - job.started_at > LONG):
        notifications.notify(
            job.by,
            "job_done" if state == JobState.DONE else "job_failed",
            key=f"job-{job.pk}-{now:%Y%m%d%H%M%S%f}",
            url=(state == JobState.DONE and job.result_url) or job.get_absolute_url(),
            params={"title": str(job), "error": error[:300]},
            thing=job,
            now=now,
        )


def drain(*, now: datetime | None = None, limit: int = 100, seconds: float = DRAIN_SECONDS) -> int:
    """Run every ready job once; safe on many machines at once. Returns how many this call ran."""
    stop, ran = time.monotonic() + seconds, 0
    for pk in list(Job.objects.ready(now or timezone.now()).values_list("pk", flat=True)[:limit]):
        if time.monotonic() > stop:
            break
        ran += run(pk, now=now)
    return ran


notifications.register(
    "job_done",
    notifications.Kind(
        label=gettext_lazy("Work you asked for is done"),
        title=gettext_lazy("%(title)s: done"),
        because=gettext_lazy("You started it."),
        action=gettext_lazy("See the result"),
        icon="circle-check",
        can_mute=True,
    ),
)
notifications.register(
    "job_failed",
    notifications.Kind(
        label=gettext_lazy("Work you asked for failed"),
        title=gettext_lazy("%(title)s: failed"),
        body=gettext_lazy("%(error)s"),
        because=gettext_lazy("You started it."),
        action=gettext_lazy("See what went wrong"),
        icon="circle-alert",
        can_mute=True,
    ),
)
