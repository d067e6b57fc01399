"""The sweeps' doors: the hourly turn, and the jobs that work through a plan or undo it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from celery import shared_task
from django.db import connection
from django.utils import timezone

from catalog.actions import figures
from catalog.models import SweepRun
from catalog.sweeps import engine, simulation, turns
from portal import jobs, slots
from portal.models import Job

PROGRESS = """
UPDATE portal_job SET progress = %(done)s, total = %(total)s WHERE id = %(job)s
RETURNING cancel_requested_at
"""


@shared_task(name="catalog.sweeps")
@slots.each_slot("catalog.sweeps", timedelta(hours=1))
def sweeps(*, now: datetime) -> None:
    figures.refresh(now=now)
    turns.take(now=now)


@jobs.body("catalog.run_sweep")
def run_sweep(job: Job, *, run_id: int) -> dict[str, Any]:
    run = SweepRun.objects.get(pk=run_id)
    report = lambda done: jobs.advance(job, progress=done, total=run.planned)  # noqa: E731
    engine.run(run, now=max(run.now, timezone.now()), report=report)
    return {"applied": run.applied, "skipped": run.skipped}


@jobs.body("catalog.undo_sweep")
def undo_sweep(job: Job, *, run_id: int) -> dict[str, Any]:
    run = SweepRun.objects.get(pk=run_id)
    report = lambda done: jobs.advance(job, progress=done, total=run.applied)  # noqa: E731
    engine.undo(run, by=run.undone_by, now=max(run.now, timezone.now()), report=report)
    return {"undone": run.items.filter(state="undone").count()}


@jobs.body("catalog.simulate_sweeps")
def simulate_sweeps(job: Job, *, days: int, start: str) -> dict[str, Any]:
    with beside(job, total=days) as report:
        return simulation.simulate(now=datetime.fromisoformat(start), days=days, report=report).as_json()


@contextmanager
def beside(job: Job, *, total: int) -> Iterator[Callable[[int], None]]:
    """Progress of work whose own transaction is rolled back, over a connection of its own."""
    second = connection.copy()

    def report(done: int) -> None:
        job.progress, job.total = done, total
        with second.cursor() as cursor:
            cursor.execute(PROGRESS, {"done": done, "total": total, "job": job.pk})
            if (cursor.fetchone() or (None,))[0] is not None:
                raise jobs.Cancelled

    try:
        yield report
    finally:
        second.close()
