"""Loading use: days, visitors and what a collector vouches for. Each may be repeated: the same row never counts twice."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from django.db import connection, transaction

from catalog.models import Collector

SIZE = 5_000


class DayRow(NamedTuple):
    app_id: int
    signal: str
    day: date
    users: int
    events: int


class VisitorRow(NamedTuple):
    app_id: int
    visitor: str
    last_seen_on: date


DAYS = """
WITH given AS (
    SELECT DISTINCT ON (app_id, signal, day) * FROM unnest(
        %s::bigint[], %s::text[], %s::date[], %s::integer[], %s::integer[]) WITH ORDINALITY
        AS g(app_id, signal, day, users, events, place)
    ORDER BY app_id, signal, day, place DESC
), seen AS (
    UPDATE catalog_appfigures f SET last_seen_on = g.day
    FROM (SELECT app_id, max(day) AS day FROM given WHERE users > 0 GROUP BY app_id) g
    WHERE f.app_id = g.app_id AND (f.last_seen_on IS NULL OR f.last_seen_on < g.day)
)
INSERT INTO catalog_usageday (app_id, signal, day, users, events)
SELECT app_id, signal, day, users, events FROM given
ON CONFLICT (app_id, signal, day) DO UPDATE SET users = excluded.users, events = excluded.events
WHERE (catalog_usageday.users, catalog_usageday.events) IS DISTINCT FROM (excluded.users, excluded.events)
"""
VISITORS = """
INSERT INTO catalog_usagevisitor (app_id, visitor, last_seen_on)
SELECT app_id, visitor, max(day) FROM unnest(%s::bigint[], %s::text[], %s::date[]) AS g(app_id, visitor, day)
GROUP BY app_id, visitor
ON CONFLICT (app_id, visitor) DO UPDATE SET last_seen_on = excluded.last_seen_on
WHERE catalog_usagevisitor.last_seen_on < excluded.last_seen_on
"""


def record_days(rows: Iterable[DayRow]) -> int:
    """Store what was seen; a later report of the same app, signal and day replaces the earlier. Returns rows that changed."""
    return upsert(DAYS, rows, width=5)


def record_visitors(rows: Iterable[VisitorRow]) -> int:
    """Store when each visitor was last seen; an older day never replaces a newer one. Returns rows that changed."""
    return upsert(VISITORS, rows, width=3)


def upsert(sql: str, rows: Iterable[tuple[object, ...]], *, width: int) -> int:
    changed, left = 0, iter(rows)
    with transaction.atomic(), connection.cursor() as cursor:
        while part := list(islice(left, SIZE)):
            columns = list(zip(*part, strict=True))
            cursor.execute(sql, [list(columns[number]) for number in range(width)])
            changed += cursor.rowcount
    return changed


@transaction.atomic
def report_complete(
    signal: str,
    *,
    until: date,
    now: datetime,
    since: date | None = None,
    rows_seen: int = 0,
    rows_expected: int | None = None,
    label: str = "",
    identifies_visitors: bool | None = None,
) -> Collector:
    """A collector vouches for all days until `until`. A delivery with fewer rows than expected vouches for nothing new.

    A delivery that starts after the days vouched for so far leaves a gap: then only the new span counts."""
    Collector.objects.get_or_create(signal=signal, defaults={"label": label or signal})
    collector = Collector.objects.select_for_update().get(signal=signal)
    collector.rows_seen, collector.rows_expected, collector.reported_at = rows_seen, rows_expected, now
    collector.label = label or collector.label
    if identifies_visitors is not None:
        collector.identifies_visitors = identifies_visitors
    if rows_expected is None or rows_seen >= rows_expected:
        collector.complete_from, collector.complete_until = joined(collector, since, until)
    collector.save()
    return collector


def joined(collector: Collector, since: date | None, until: date) -> tuple[date, date]:
    """The span vouched for after one more delivery; without a start, the delivery continues the days before."""
    first, last = collector.complete_from, collector.complete_until
    if first is None or last is None:
        return since or until, until
    since = since or last
    if (since - last).days > 1:
        return since, until
    return min(first, since), max(last, until)
