"""Celery's doors: ids in, one call."""

from datetime import datetime, timedelta

from celery import shared_task

from portal import invitations, jobs, sealing, slots  # noqa: F401  (a worker must know the bodies of its jobs)


@shared_task(name="portal.run_job")
def run_job(job_id: int) -> None:
    jobs.run(job_id)


@shared_task(name="portal.drain_jobs")
def drain_jobs() -> None:
    jobs.drain()


@shared_task(name="portal.heartbeat")
@slots.each_slot(slots.HEARTBEAT, timedelta(seconds=10))
def heartbeat(*, now: datetime) -> None:
    """The claimed slot is the sign of life: beat sent this, the broker carried it, a worker ran it (see /readyz)."""
    slots.prune(now=now)


@shared_task(name="portal.seal_audit")
def seal_audit() -> None:
    sealing.seal()
