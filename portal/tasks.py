"""Celery's doors: ids in, one call."""

from celery import shared_task

from portal import jobs, sealing


@shared_task(name="portal.run_job")
def run_job(job_id: int) -> None:
    jobs.run(job_id)


@shared_task(name="portal.drain_jobs")
def drain_jobs() -> None:
    jobs.drain()


@shared_task(name="portal.seal_audit")
def seal_audit() -> None:
    sealing.seal()
