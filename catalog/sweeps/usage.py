"""Refresh each live app's figures: people in the last 30 days (at least so many), and the day it was last seen.

Zero is said only when every required collector vouches for the 30 days; otherwise nothing is known, and the figure is empty."""

from catalog.models.sweep_run import SweepKind
from catalog.rules import RuleBook
from catalog.states import LIVE_STATES
from catalog.sweeps import writing
from catalog.sweeps.base import Batch, Moment, Select, Sweep, scope

DAYS = 30
FIND = """
WITH scope AS ({scope}), seen AS (
    SELECT u.app_id, max(u.users) AS users, max(u.day) AS day
    FROM catalog_usageday u JOIN catalog_collector c USING (signal)
    WHERE u.day BETWEEN %(from)s AND %(use_today)s AND u.users > 0 AND {among} GROUP BY u.app_id
), people AS (
    SELECT u.app_id, count(*) AS users, max(u.last_seen_on) AS day FROM catalog_usagevisitor u
    WHERE u.last_seen_on BETWEEN %(from)s AND %(use_today)s AND {among} GROUP BY u.app_id
), health AS (
    SELECT count(*) > 0 AND coalesce(bool_and(complete_from <= %(from)s
        AND complete_until >= %(use_today)s::date - %(lag)s), false) AS whole
    FROM catalog_collector WHERE is_required
), fresh AS (
    SELECT s.id, s.active_users, s.last_seen_on, greatest(d.users, p.users, CASE WHEN h.whole THEN 0 END)::integer AS users,
        greatest(s.last_seen_on, d.day, p.day) AS day
    FROM scope s LEFT JOIN seen d ON d.app_id = s.id LEFT JOIN people p ON p.app_id = s.id CROSS JOIN health h
)
SELECT id AS app_id, 'refresh' AS action, jsonb_build_object('users', users, 'day', day) AS facts, '' AS note
FROM fresh WHERE users IS DISTINCT FROM active_users OR day IS DISTINCT FROM last_seen_on
"""
APPLY = """
UPDATE catalog_microapp a SET active_users = (i.facts->>'users')::integer, last_seen_on = (i.facts->>'day')::date
FROM catalog_sweepitem i WHERE i.id = ANY(%(items)s) AND a.id = i.app_id
"""


def find(book: RuleBook, moment: Moment, app_ids: list[int] | None) -> Select:
    apps = scope(book, moment, states=LIVE_STATES, app_ids=app_ids)
    among = "TRUE" if app_ids is None else "u.app_id = ANY(%(app_ids)s)"
    since = moment.use_today.fromordinal(moment.use_today.toordinal() - DAYS)
    params = {"from": since, "lag": book.value("collector_lag"), "app_ids": app_ids}
    return Select(FIND.format(scope=apps.sql, among=among), apps.params | params)


def apply(batch: Batch) -> None:
    batch.execute(APPLY)


def undo(batch: Batch) -> list[int]:
    return writing.put_back(batch, ["active_users", "last_seen_on"])


SWEEP = Sweep(SweepKind.USAGE, find, apply, undo, keeps=("active_users", "last_seen_on"), every=24, size=20_000)
