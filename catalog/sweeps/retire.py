"""Retire archived apps when one-click restore is over. What the owner was promised at archiving holds."""

from django.utils.translation import gettext as _

from catalog.models.sweep_run import SweepKind
from catalog.rules import RuleBook
from catalog.states import AppState
from catalog.sweeps import writing
from catalog.sweeps.base import EXEMPT_CTE, EXEMPT_NOTE, Batch, Moment, Select, Sweep, scope
from catalog.sweeps.writing import OWNER

FIND = """
WITH scope AS ({scope}), {exempt}, promised AS (
    SELECT s.*, coalesce((SELECT r.restore_until FROM catalog_archive r WHERE r.app_id = s.id AND r.restored_at IS NULL),
        timezone(s.zone, s.archived_at)::date + s.rule_retention) AS restore_until
    FROM scope s
)
SELECT p.id AS app_id, 'retire' AS action,
    jsonb_build_object('archived_on', timezone(p.zone, p.archived_at)::date, 'restore_until', p.restore_until,
        'exempt_until', e.stands_until) AS facts, {note} AS note
FROM promised p LEFT JOIN exempt e ON e.app_id = p.id WHERE p.owner_today > p.restore_until
"""
KEEPS = ("state", "updated_at", "retired_at")


def find(book: RuleBook, moment: Moment, app_ids: list[int] | None) -> Select:
    apps = scope(book, moment, states=[AppState.ARCHIVED], rules=["retention"], app_ids=app_ids)
    return Select(FIND.format(scope=apps.sql, exempt=EXEMPT_CTE, note=EXEMPT_NOTE), apps.params)


def apply(batch: Batch) -> None:
    moved, reason = writing.move(batch, "retire", AppState.ARCHIVED), _("The days of one-click restore are over.")
    change = writing.state_change(AppState.ARCHIVED, AppState.RETIRED)
    writing.record(batch, "catalog.app_retired", items=moved, changes=change, reason=reason)
    writing.close(batch, ["app_archived"])
    writing.notify(
        batch,
        "app_retired",
        key="'app_retired:' || a.id || ':sweep:' || i.run_id",
        params="jsonb_build_object('reason', %(reason)s::text)",
        people=[OWNER],
        asks=False,
        reason=reason,
    )


def undo(batch: Batch) -> list[int]:
    done = writing.put_back(batch, KEEPS, source=AppState.RETIRED, moves=["unretire"], where="a.purged_at IS NULL")
    writing.take_back(batch, ["app_retired"], items=done)
    writing.reopen(batch, ["app_archived"], items=done)
    change = writing.state_change(AppState.RETIRED, AppState.ARCHIVED)
    writing.record(batch, "catalog.app_unretired", items=done, changes=change)
    return done


SWEEP = Sweep(SweepKind.RETIRE, find, apply, undo, keeps=KEEPS)
