"""A running job's lease: renewed beside the body, so that a long step is not mistaken for a dead worker."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError, connection
from django.utils import timezone

from portal.models import Job

LEASE = timedelta(minutes=2)
log = structlog.get_logger(__name__)


def until(now: datetime) -> datetime:
    """When a lease taken now runs out. A lease is about a living process: `now` in the past never shortens it."""
    return max(now, timezone.now()) + LEASE


@contextmanager
def kept(job: Job) -> Iterator[None]:
    """While inside, the lease is renewed every quarter of its length by a thread with a connection of its own.

    The thread dies with the process, so a killed worker's lease runs out."""
    over = threading.Event()
    thread = threading.Thread(target=renew, args=(job, over), name=f"lease-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def renew(job: Job, over: threading.Event) -> None:
    try:
        while not over.wait(LEASE.total_seconds() / 4):
            try:
                if not Job.objects.held_by(job).update(lease_until=until(timezone.now())):
                    return
            except DatabaseError as error:
                log.warning("lease not renewed", job_id=job.pk, error=str(error))
                connection.close()
    finally:
        connection.close()
