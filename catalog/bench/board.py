"""How long the board's figures take to read, and its pages to open, with this many days of use in the database."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.models import MicroApp
from portal.actions import readings
from portal.models import User
from portal.months import month_of, shifted

MONTHS, RUNS = 12, 20
MORE_USE = """
INSERT INTO catalog_usageday (app_id, signal, day, users, events)
SELECT id, 'bench', current_date - 1 - step, 1 + id %% 40, 2 + id %% 90
FROM catalog_microapp, generate_series(0, %(days)s) step
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True)
class Line:
    """`queries` and the median seconds of one run."""

    name: str
    queries: int
    seconds: float


def measure(staff: User, usage_rows: int) -> Iterator[Line]:
    days = max(usage_rows // max(MicroApp.objects.count(), 1), 1)
    with connection.cursor() as cursor:
        cursor.execute(MORE_USE, {"days": days - 1})
        cursor.execute("VACUUM ANALYZE")
    User.objects.filter(pk=staff.pk).update(is_superuser=True)
    now = timezone.now()
    this = month_of(readings.today_of(now))
    first, last = shifted(this, -MONTHS), shifted(this, -1)
    yield timed(
        f"back-fill of {MONTHS} months",
        lambda: readings.backfill(first, last, by=staff, reason="Measured.", now=now),
    )
    yield timed("readings of an hour", lambda: readings.take(now=timezone.now()))
    client = Client()
    client.force_login(staff)
    for name, url in (
        ("board", reverse("board_detail")),
        ("one figure", reverse("kpi_detail", args=["catalog-sanctioned"])),
    ):
        client.get(url)
        yield timed(name, partial(client.get, url), RUNS)


def timed(name: str, act: Callable[[], object], runs: int = 1) -> Line:
    seconds = []
    with CaptureQueriesContext(connection) as captured:
        for _run in range(runs):
            started = time.perf_counter()
            act()
            seconds.append(time.perf_counter() - started)
    return Line(name, len(captured) // runs, median(seconds))
