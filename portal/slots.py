"""Turns of periodic tasks: several beats may send the same task, and whoever claims the turn does the work.

Let beat send a daily task every few minutes: the first message of the day takes the turn, the others find it taken. A
machine that was off at midnight, or a worker that was killed in the middle, then costs minutes and not a day."""

import functools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from portal.models import Slot

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KEPT = timedelta(days=30)
HEARTBEAT, HEARTBEAT_KEPT = "portal.heartbeat", timedelta(hours=1)

# A turn whose worker must be dead by now, because no task may run that long, goes to the next who asks.
CLAIM = """
INSERT INTO portal_slot (name, due, claimed_at) VALUES (%(name)s, %(due)s, %(now)s)
ON CONFLICT (name, due) DO UPDATE SET claimed_at = EXCLUDED.claimed_at
WHERE portal_slot.done_at IS NULL AND portal_slot.claimed_at < %(dead)s
"""


def turn(every: timedelta, now: datetime) -> datetime:
    """When the turn that `now` belongs to was due: the last whole multiple of `every`, counted in UTC."""
    return now - (now - EPOCH) % every


def claim(name: str, due: datetime, *, now: datetime | None = None) -> bool:
    """Take one turn. True for exactly one caller."""
    now = now or timezone.now()
    dead = now - timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT)
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"name": name, "due": due, "now": now, "dead": dead})
        return cursor.rowcount == 1


def each_slot(name: str, every: timedelta) -> Callable[[Callable[..., object]], Callable[..., bool]]:
    """Make `body(now=)` run once in each turn of `every`, however often and wherever it is called.

    The wrapped function answers whether this call did the work. A turn whose body raised is not done: it is taken again
    once its worker counts as dead."""

    def wrap(body: Callable[..., object]) -> Callable[..., bool]:
        @functools.wraps(body)
        def run(*, now: datetime | None = None, **arguments: Any) -> bool:
            now = now or timezone.now()
            due = turn(every, now)
            if not claim(name, due, now=now):
                return False
            body(now=now, **arguments)
            Slot.objects.filter(name=name, due=due).update(done_at=timezone.now())
            return True

        return run

    return wrap


def prune(*, now: datetime) -> int:
    """Forget turns that nobody can ask for again."""
    old = Q(due__lt=now - KEPT) | Q(name=HEARTBEAT, due__lt=now - HEARTBEAT_KEPT)
    return Slot.objects.filter(old).delete()[0]
