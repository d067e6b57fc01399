"""Flags nobody answered: the facts are looked at again at this moment. In use: the flag is closed. Unknown: left alone.
Still unused: the app is archived, when the second owner and the manager have been asked as well."""

from django.utils.translation import gettext as _

from catalog.closings import FLAG_ASKS
from catalog.models.sweep_run import SweepKind
from catalog.rules import RuleBook
from catalog.states import AppState
from catalog.sweeps import archiving, writing
from catalog.sweeps.base import EXEMPT_CTE, Batch, Moment, Select, Sweep, scope
from catalog.usage_facts import VERDICT_CTES

RULES = ("inactive_days", "inactive_users", "collector_lag", "flag_escalates", "flag_archives", "retention")
FIND = """
WITH scope AS ({scope}), {exempt}, {verdict}
SELECT s.id AS app_id, CASE WHEN v.outcome = 'active' THEN 'close' ELSE 'archive' END AS action,
    jsonb_build_object('flagged_on', timezone(s.zone, f.at)::date, 'escalated_on', timezone(s.zone, f.escalated_at)::date,
        'fewest', v.fewest, 'most', v.most, 'window', s.rule_inactive_days, 'threshold', s.rule_inactive_users,
        'days', s.rule_flag_archives, 'exempt_until', e.stands_until,
        'restore_until', s.owner_today + s.rule_retention) AS facts,
    CASE WHEN v.outcome = 'active' THEN '' WHEN e.stands_until IS NOT NULL THEN 'exempt'
        WHEN v.outcome = 'unknown' THEN 'unknown' ELSE '' END AS note
FROM scope s JOIN verdict v ON v.app_id = s.id
JOIN catalog_flag f ON f.app_id = s.id AND f.answered_at IS NULL LEFT JOIN exempt e ON e.app_id = s.id
WHERE s.owner_today - timezone(s.zone, f.at)::date >= s.rule_flag_archives
  AND s.owner_today - timezone(s.zone, f.escalated_at)::date
      >= least(7, greatest(1, s.rule_flag_archives - s.rule_flag_escalates))
"""
IN_USE = """
UPDATE catalog_flag f SET answer = 'in_use', answered_at = %(now)s FROM catalog_sweepitem i
WHERE i.id = ANY(%(items)s) AND f.app_id = i.app_id AND f.answered_at IS NULL
"""
KEEPS = ("state", "updated_at", "archived_at")


def find(book: RuleBook, moment: Moment, app_ids: list[int] | None) -> Select:
    # Only where the second owner and the manager were asked: the verdict is not computed for all that was flagged last night.
    asked = {"flags__answered_at": None, "flags__escalated_at__isnull": False}
    apps = scope(book, moment, states=[AppState.FLAGGED], rules=RULES, app_ids=app_ids, **asked)
    return Select(FIND.format(scope=apps.sql, exempt=EXEMPT_CTE, verdict=VERDICT_CTES), apps.params)


def apply(batch: Batch) -> None:
    used = batch.with_action("close")
    writing.move(batch, "keep", AppState.FLAGGED, items=used)
    batch.execute(IN_USE, used)
    writing.close(batch, FLAG_ASKS, items=used)
    change = writing.state_change(AppState.FLAGGED, AppState.ACTIVE)
    writing.record(batch, "catalog.app_kept", items=used, changes=change, reason=_("Use was seen again."))
    reason = _("It looked unused, and nobody answered whether it is still needed.")
    archiving.put_away(batch, batch.with_action("archive"), reason=reason)


def undo(batch: Batch) -> list[int]:
    closed = writing.put_back(batch, KEEPS, source=AppState.ACTIVE, moves=["flag"], where="i.action = 'close'")
    batch.execute(archiving.REOPEN_FLAGS, closed)
    writing.reopen(batch, FLAG_ASKS, items=closed)
    change = writing.state_change(AppState.ACTIVE, AppState.FLAGGED)
    writing.record(batch, "catalog.app_reflagged", items=closed, changes=change)
    return closed + archiving.bring_back(batch, KEEPS)


SWEEP = Sweep(SweepKind.UNANSWERED, find, apply, undo, keeps=KEEPS, archives=True, needs_use=True)
