"""Archive apps whose term and grace are over, and whose owner was asked in time.

An app that was never reminded (imported with an old date, or the site was off) is first reminded: nothing vanishes unasked."""

from django.utils.translation import gettext as _

from catalog.models.sweep_run import SweepKind
from catalog.rules import RuleBook
from catalog.states import LIVE_STATES
from catalog.sweeps import archiving
from catalog.sweeps.base import EXEMPT_CTE, EXEMPT_NOTE, Batch, Moment, Select, Sweep, scope

FIND = """
WITH scope AS ({scope}), {exempt},
clock AS (
    SELECT s.*, e.stands_until, greatest(s.expires_on, timezone(s.zone, e.ended_at)::date) AS clock_end,
        (SELECT min(timezone(s.zone, r.at)::date) FROM catalog_reminder r
            WHERE r.app_id = s.id AND r.term_end = s.expires_on) AS asked_on
    FROM scope s LEFT JOIN exempt e ON e.app_id = s.id
)
SELECT e.id AS app_id, 'archive' AS action,
    jsonb_build_object('ends_on', expires_on, 'clock_end', clock_end, 'grace', rule_grace, 'asked_on', asked_on,
        'exempt_until', stands_until, 'restore_until', owner_today + rule_retention) AS facts, {note} AS note
FROM clock e
WHERE owner_today > clock_end + rule_grace AND asked_on IS NOT NULL
  AND owner_today >= asked_on + least(7, rule_grace / 2)
  AND NOT EXISTS (SELECT 1 FROM catalog_proposal p  -- a late reviewer costs the maker nothing
    WHERE p.app_id = e.id AND p.kind = 'renewal' AND p.closed_at IS NULL)
"""
KEEPS = ("state", "updated_at", "archived_at")


def find(book: RuleBook, moment: Moment, app_ids: list[int] | None) -> Select:
    apps = scope(
        book, moment, states=LIVE_STATES, rules=["grace", "retention"], app_ids=app_ids, expires_on__lte=moment.today
    )
    return Select(FIND.format(scope=apps.sql, exempt=EXEMPT_CTE, note=EXEMPT_NOTE), apps.params)


def apply(batch: Batch) -> None:
    archiving.put_away(batch, batch.items, reason=_("Its term and the days of grace ended without a renewal."))


def undo(batch: Batch) -> list[int]:
    return archiving.bring_back(batch, KEEPS)


SWEEP = Sweep(SweepKind.EXPIRE, find, apply, undo, keeps=KEEPS, archives=True)
