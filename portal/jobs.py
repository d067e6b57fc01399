"""Work that must not get lost: a row in the caller's transaction, a wake-up after commit, a drain that finds the rest.

A body is registered by name and may be run again after a crash: it must be resumable or idempotent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from celery import current_app
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.models import Job, User
from portal.models.job import JobState

LEASE = timedelta(minutes=2)
BACK_OFF = [timedelta(seconds=s) for s in (5, 30, 120, 600, 3600)]
log = structlog.get_logger(__name__)


class Cancelled(Exception):
    """The person who asked for the job cancelled it; raised by `advance` at a safe point."""


class Refused(Exception):
    """The job cannot be done and trying again would not help. The text is a sentence for the person who asked."""


Body = Callable[..., dict[str, Any] | None]
BODIES: dict[str, Body] = {}


def body(name: str) -> Callable[[Body], Body]:
    """Register `function(job, **arguments)` as the body of `name`. What it returns is kept as the job's result."""

    def register(function: Body) -> Body:
        BODIES[name] = function
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
    except current_app.connection_for_write().connection_errors as error:
        log.warning("job wake-up failed", job_id=job_id, error=str(error))


def claim(job_id: int, *, now: datetime) -> Job | None:
    """Take the job for this process, or None when another has it, it is over, or its time has not come."""
    with transaction.atomic():
        job = Job.objects.ready(now).select_for_update(skip_locked=True, of=("self",)).filter(pk=job_id).first()
        if job is None:
            return None
        if job.attempts >= job.max_attempts:
            finish(job, JobState.DEAD, now=now, error=job.error or _("The worker died every time it tried."))
            return None
        job.state, job.attempts, job.error = JobState.RUNNING, job.attempts + 1, ""
        job.started_at, job.lease_until = job.started_at or now, now + LEASE
        job.save(update_fields=["state", "attempts", "error", "started_at", "lease_until"])
        return job


def advance(job: Job, *, step: str = "", progress: int | None = None, total: int | None = None) -> None:
    """Report progress and stay alive. Raises Cancelled when the person asked to stop; call it between batches."""
    fresh = Job.objects.values_list("cancel_requested_at", flat=True).get(pk=job.pk)
    if fresh is not None:
        raise Cancelled
    job.step = step or job.step
    job.progress = job.progress if progress is None else progress
    job.total = job.total if total is None else total
    job.lease_until = timezone.now() + LEASE
    job.save(update_fields=["step", "progress", "total", "lease_until"])


def run(job_id: int, *, now: datetime | None = None) -> bool:
    """Run one job to its end; True when this call did it."""
    job = claim(job_id, now=now or timezone.now())
    if job is None:
        return False
    try:
        result = BODIES[job.name](job, **job.arguments) or {}
    except Cancelled:
        finish(job, JobState.CANCELLED, now=timezone.now())
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
    if job.attempts >= job.max_attempts:
        finish(job, JobState.DEAD, now=now, error=f"{type(error).__name__}: {error}")
        return
    job.state, job.lease_until, job.error = JobState.OPEN, None, f"{type(error).__name__}: {error}"
    job.run_after = now + BACK_OFF[min(job.attempts, len(BACK_OFF)) - 1]
    job.save(update_fields=["state", "lease_until", "error", "run_after"])


def finish(job: Job, state: JobState, *, now: datetime, error: str = "") -> None:
    job.state, job.finished_at, job.lease_until, job.error = state, now, None, error
    job.save(
        update_fields=[
            "state",
            "finished_at",
            "lease_until",
            "error",
            "result",
            "result_url",
            "progress",
            "total",
            "step",
        ]
    )


def drain(*, now: datetime | None = None, limit: int = 100) -> int:
    """Run every ready job once; safe on many machines at once. Returns how many this call ran."""
    ids = list(Job.objects.ready(now or timezone.now()).values_list("pk", flat=True)[:limit])
    return sum(run(pk, now=now) for pk in ids)
