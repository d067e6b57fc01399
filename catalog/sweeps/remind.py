"""Ask the owner of an ending term: 30, 14, 7, 1 days before and on the day, in grace at half time and on the last day.

The newest step only, once for each app, term and step; from the last day on the second owner is asked too."""

from datetime import timedelta

from catalog.closings import TERM_ASKS
from catalog.models.sweep_run import SweepKind
from catalog.rules import RuleBook
from catalog.states import LIVE_STATES
from catalog.sweeps import writing
from catalog.sweeps.base import EXEMPT_CTE, Batch, Moment, Select, Sweep, scope
from catalog.sweeps.writing import OWNER, SECOND
from catalog.terms import REMINDER_STEPS

FIND = """
WITH scope AS ({scope}), {exempt},
clock AS (
    SELECT s.*, greatest(s.expires_on, timezone(s.zone, e.ended_at)::date) AS clock_end
    FROM scope s LEFT JOIN exempt e ON e.app_id = s.id WHERE e.stands_until IS NULL
), due AS (
    SELECT c.*, (SELECT min(reached.step) FROM unnest(%(steps)s || ARRAY[-(c.rule_grace / 2), -c.rule_grace]) reached(step)
        WHERE c.clock_end - c.owner_today <= reached.step) AS step
    FROM clock c
)
SELECT id AS app_id, 'remind' AS action,
    jsonb_build_object('ends_on', expires_on, 'step', step, 'days', clock_end - owner_today,
        'archive_on', greatest(clock_end + rule_grace + 1, owner_today + least(7, rule_grace / 2))) AS facts, '' AS note
FROM due d
WHERE step IS NOT NULL AND NOT EXISTS (
    SELECT FROM catalog_reminder r WHERE r.app_id = d.id AND r.term_end = d.expires_on AND r.step = d.step)
"""
WRITE = """
INSERT INTO catalog_reminder (app_id, term_end, step, at, run_id)
SELECT i.app_id, (i.facts->>'ends_on')::date, (i.facts->>'step')::smallint, %(now)s, %(run)s
FROM catalog_sweepitem i WHERE i.id = ANY(%(items)s) ON CONFLICT (app_id, term_end, step) DO NOTHING
"""
ERASE = """
DELETE FROM catalog_reminder r USING catalog_sweepitem i
WHERE i.id = ANY(%(items)s) AND r.run_id = %(run)s AND r.app_id = i.app_id RETURNING i.id
"""
KEY = "':' || a.id || ':' || (i.facts->>'ends_on') || ':' || (i.facts->>'step')"
PARAMS = "jsonb_build_object('days', i.facts->'days', 'on', i.facts->'{day}')"
BEFORE_END, FROM_END_ON = "(i.facts->>'days')::integer >= 0", "(i.facts->>'days')::integer < 0"
LAST_DAY = "CASE WHEN (i.facts->>'days')::integer <= 0 THEN {} END"


def find(book: RuleBook, moment: Moment, app_ids: list[int] | None) -> Select:
    soon = moment.today + timedelta(days=max(REMINDER_STEPS) + 1)
    apps = scope(book, moment, states=LIVE_STATES, rules=["grace"], app_ids=app_ids, expires_on__lte=soon)
    return Select(FIND.format(scope=apps.sql, exempt=EXEMPT_CTE), apps.params | {"steps": list(REMINDER_STEPS)})


def apply(batch: Batch) -> None:
    batch.execute(WRITE)
    writing.close(batch, TERM_ASKS)  # the new question replaces the one still open
    people = [OWNER, LAST_DAY.format(SECOND)]
    ends = {"key": f"'term_ends'||{KEY}", "params": PARAMS.format(day="ends_on"), "only": BEFORE_END}
    over = {"key": f"'term_over'||{KEY}", "params": PARAMS.format(day="archive_on"), "only": FROM_END_ON}
    writing.notify(batch, "term_ends", people=people, asks=True, **ends)  # type: ignore[arg-type]
    writing.notify(batch, "term_over", people=people, asks=True, **over)  # type: ignore[arg-type]
    writing.record(batch, "catalog.app_reminded")


def undo(batch: Batch) -> list[int]:
    done = [pk for (pk,) in batch.execute(ERASE)]
    writing.take_back(batch, TERM_ASKS, items=done)
    writing.reopen(batch, TERM_ASKS, items=done)
    writing.record(batch, "catalog.app_reminder_undone", items=done)
    return done


SWEEP = Sweep(SweepKind.REMIND, find, apply, undo, keeps=())
