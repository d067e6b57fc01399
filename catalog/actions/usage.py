"""Usage brought in: days of use, visitors seen, and until when a signal vouches for its figures. Nothing adds up twice."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from catalog.models import Collector
from portal import audit


class DayRow(NamedTuple):
    """What one signal saw of one app on one day."""

    app_id: int
    signal: str
    day: date
    users: int
    events: int


class VisitorRow(NamedTuple):
    """When one visitor, already a hash, was last seen in one app."""

    app_id: int
    visitor: str
    last_seen_on: date


RECORD_DAYS = """
INSERT INTO catalog_usageday AS kept (app_id, signal, day, users, events)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::int[], %s::int[])
ON CONFLICT (app_id, signal, day) DO UPDATE SET users = EXCLUDED.users, events = EXCLUDED.events
WHERE (kept.users, kept.events) IS DISTINCT FROM (EXCLUDED.users, EXCLUDED.events)
"""
RECORD_VISITORS = """
INSERT INTO catalog_usagevisitor AS kept (app_id, visitor, last_seen_on)
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::date[])
ON CONFLICT (app_id, visitor) DO UPDATE SET last_seen_on = EXCLUDED.last_seen_on
WHERE kept.last_seen_on < EXCLUDED.last_seen_on
"""


def record_days(rows: Iterable[DayRow]) -> int:
    """Keep these days; the last row of a day stands. Returns how many are new or changed."""
    newest = {(row.app_id, row.signal, row.day): row for row in rows}
    return write(RECORD_DAYS, [newest[key] for key in sorted(newest)])


def record_visitors(rows: Iterable[VisitorRow]) -> int:
    """Keep when each visitor was last seen. Returns how many are new or later than before."""
    newest: dict[tuple[int, str], VisitorRow] = {}
    for row in rows:
        key = (row.app_id, row.visitor)
        if key not in newest or newest[key].last_seen_on < row.last_seen_on:
            newest[key] = row
    return write(RECORD_VISITORS, [newest[key] for key in sorted(newest)])


def write(sql: str, rows: list[DayRow] | list[VisitorRow]) -> int:
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(column) for column in zip(*rows, strict=True)])
        return cursor.rowcount


@transaction.atomic
def report_complete(
    signal: str,
    *,
    until: date,
    since: date | None = None,
    rows_seen: int,
    rows_expected: int | None = None,
    now: datetime,
    label: str = "",
    identifies_visitors: bool | None = None,
) -> Collector:
    """The signal vouches for its figures until that day. A report never takes back days vouched for before."""
    collector, _new = Collector.objects.select_for_update().get_or_create(
        signal=signal, defaults={"label": label or signal.replace("-", " ").capitalize()}
    )
    before = [collector.complete_from, collector.complete_until]
    collector.complete_until = max(filter(None, (collector.complete_until, until)))
    collector.complete_from = min(filter(None, (collector.complete_from, since or until)))
    collector.rows_seen, collector.rows_expected, collector.reported_at = rows_seen, rows_expected, now
    collector.label = label or collector.label
    if identifies_visitors is not None:
        collector.identifies_visitors = identifies_visitors
    collector.save()
    if before != [collector.complete_from, collector.complete_until]:
        facts = {"until": collector.complete_until.isoformat(), "rows": rows_seen}
        audit.record("catalog.usage_reported", collector, by=None, now=now, facts=facts)
    return collector


audit.register(catalog__usage_reported=audit.Verb(_("Usage reported"), "activity"))
