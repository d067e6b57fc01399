"""Ask the owner of an app that nobody seems to use whether it is still needed.

An owner who answered within the window is not asked again. Unknown is never flagged."""

from catalog.closings import FLAG_ASKS
from catalog.models import Flag, MicroApp
from catalog.models.sweep_run import SweepKind
from catalog.rules import RuleBook
from catalog.states import AppState
from catalog.sweeps import writing
from catalog.sweeps.base import EXEMPT_CTE, EXEMPT_NOTE, Batch, Moment, Select, Sweep, scope
from catalog.usage_facts import VERDICT_CTES, facts_of_many
from catalog.verdict import judge

RULES = ("inactive_days", "inactive_users", "collector_lag", "flag_archives")
FIND = """
WITH scope AS ({scope}), {exempt}, {verdict}
SELECT s.id AS app_id, 'flag' AS action,
    jsonb_build_object('fewest', v.fewest, 'most', v.most, 'window', s.rule_inactive_days, 'threshold', s.rule_inactive_users,
        'last_seen_on', g.last_seen_on, 'complete_until', v.complete_until, 'exempt_until', e.stands_until,
        'archive_on', s.owner_today + s.rule_flag_archives) AS facts, {note} AS note
FROM scope s JOIN verdict v ON v.app_id = s.id JOIN catalog_appfigures g ON g.app_id = s.id
LEFT JOIN exempt e ON e.app_id = s.id
WHERE v.outcome = 'inactive' AND NOT EXISTS (
    SELECT FROM catalog_flag f WHERE f.app_id = s.id AND (f.answered_at IS NULL
        OR (f.answered_at AT TIME ZONE 'UTC')::date > %(today)s::date - s.rule_inactive_days))
"""
SET_ASIDE = """
UPDATE catalog_flag f SET answer = 'undone', answered_at = %(now)s, answered_by_id = %(by)s FROM catalog_sweepitem i
WHERE i.id = ANY(%(items)s) AND f.app_id = i.app_id AND f.run_id = %(run)s AND f.answered_at IS NULL
"""
OPEN = "EXISTS (SELECT FROM catalog_flag f WHERE f.app_id = a.id AND f.run_id = %(run)s AND f.answered_at IS NULL)"
FLAG = "(SELECT f.id FROM catalog_flag f WHERE f.app_id = a.id AND f.answered_at IS NULL)"


def find(book: RuleBook, moment: Moment, app_ids: list[int] | None) -> Select:
    apps = scope(book, moment, states=[AppState.ACTIVE], rules=RULES, app_ids=app_ids)
    sql = FIND.format(scope=apps.sql, exempt=EXEMPT_CTE, verdict=VERDICT_CTES, note=EXEMPT_NOTE)
    return Select(sql, apps.params)


def apply(batch: Batch) -> None:
    apps = list(MicroApp.objects.filter(pk__in=batch.app_ids()))
    facts = facts_of_many(apps, now=batch.now, book=batch.book, use_now=batch.moment.use_now)
    Flag.objects.bulk_create(
        [
            Flag(app_id=app.pk, run_id=batch.run.pk, evidence=judge(facts[app.pk]).as_json(), at=batch.now)
            for app in apps
        ]
    )
    moved = writing.move(batch, "flag", AppState.ACTIVE)
    change = writing.state_change(AppState.ACTIVE, AppState.FLAGGED)
    writing.record(batch, "catalog.app_flagged", items=moved, changes=change)
    key = f"'app_flagged:' || a.id || ':' || {FLAG}"
    params = "jsonb_build_object('on', i.facts->'archive_on')"
    writing.notify(batch, "app_flagged", key=key, params=params, people=[writing.OWNER], asks=True)


def undo(batch: Batch) -> list[int]:
    done = writing.put_back(batch, SWEEP.keeps, source=AppState.FLAGGED, moves=["keep"], where=OPEN)
    batch.execute(SET_ASIDE, done)
    writing.take_back(batch, FLAG_ASKS, items=done)
    change = writing.state_change(AppState.FLAGGED, AppState.ACTIVE)
    writing.record(batch, "catalog.app_flag_undone", items=done, changes=change)
    return done


SWEEP = Sweep(SweepKind.STALE, find, apply, undo, needs_use=True, every=24)
