"""An owner has not answered a flag in time: the second owner and the owner's manager are asked too."""

from catalog.models.sweep_run import SweepKind
from catalog.rules import RuleBook
from catalog.states import AppState
from catalog.sweeps import writing
from catalog.sweeps.base import EXEMPT_CTE, Batch, Moment, Select, Sweep, scope
from catalog.sweeps.writing import MANAGER, SECOND

FIND = """
WITH scope AS ({scope}), {exempt}
SELECT s.id AS app_id, 'escalate' AS action,
    jsonb_build_object('flag', f.id, 'flagged_on', timezone(s.zone, f.at)::date, 'days', s.rule_flag_escalates,
        'archive_on', greatest(timezone(s.zone, f.at)::date + s.rule_flag_archives, s.owner_today
            + least(7, greatest(1, s.rule_flag_archives - s.rule_flag_escalates)))) AS facts, '' AS note
FROM scope s JOIN catalog_flag f ON f.app_id = s.id AND f.answered_at IS NULL LEFT JOIN exempt e ON e.app_id = s.id
WHERE f.escalated_at IS NULL AND e.stands_until IS NULL
  AND s.owner_today - timezone(s.zone, f.at)::date >= s.rule_flag_escalates
"""
APPLY = """
UPDATE catalog_flag f SET escalated_at = %(now)s FROM catalog_sweepitem i
WHERE i.id = ANY(%(items)s) AND f.id = (i.facts->>'flag')::bigint
"""
UNDO = """
UPDATE catalog_flag f SET escalated_at = NULL FROM catalog_sweepitem i
WHERE i.id = ANY(%(items)s) AND f.id = (i.facts->>'flag')::bigint AND f.answered_at IS NULL AND f.escalated_at = i.done_at
RETURNING i.id
"""


def find(book: RuleBook, moment: Moment, app_ids: list[int] | None) -> Select:
    rules = ["flag_escalates", "flag_archives"]
    apps = scope(book, moment, states=[AppState.FLAGGED], rules=rules, app_ids=app_ids)
    return Select(FIND.format(scope=apps.sql, exempt=EXEMPT_CTE), apps.params)


def apply(batch: Batch) -> None:
    batch.execute(APPLY)
    key = "'flag_escalated:' || a.id || ':' || (i.facts->>'flag')"
    params = "jsonb_build_object('on', i.facts->'archive_on')"
    writing.notify(batch, "flag_escalated", key=key, params=params, people=[SECOND, MANAGER], asks=True)
    writing.record(batch, "catalog.app_flag_escalated")


def undo(batch: Batch) -> list[int]:
    done = [pk for (pk,) in batch.execute(UNDO)]
    writing.take_back(batch, ["flag_escalated"], items=done)
    writing.record(batch, "catalog.app_escalation_undone", items=done)
    return done


SWEEP = Sweep(SweepKind.ESCALATE, find, apply, undo, keeps=())
