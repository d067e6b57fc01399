"""Celery's doors: ids in, one call."""

from datetime import datetime, timedelta

from celery import shared_task

from portal import board_month, digests, invitations, jobs, sealing, slots  # noqa: F401  (a worker must know the bodies of its jobs)
from portal.actions import readings


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


@shared_task(name="portal.take_readings")
@slots.each_slot("portal.take_readings", timedelta(hours=1))
def take_readings(*, now: datetime) -> None:
    """Every hour the figures so far; when a month has settled it is frozen, and its report goes to the board."""
    readings.take(now=now)
    board_month.report(now=now)


@shared_task(name="portal.send_digests")
@slots.each_slot("portal.send_digests", timedelta(minutes=15))
def send_digests(*, now: datetime) -> None:
    digests.send_digests(now=now)
