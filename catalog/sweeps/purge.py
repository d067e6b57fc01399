"""Remove the heavy data of retired apps: days of use, visitors, snapshots. The record, its digests and its audit stay.

This cannot be undone, and waits some days after the retirement so that the retirement still can."""

from catalog.models.sweep_run import SweepKind
from catalog.rules import RuleBook
from catalog.states import AppState
from catalog.sweeps import writing
from catalog.sweeps.base import Batch, Moment, Select, Sweep, scope

FIND = """
WITH scope AS ({scope})
SELECT s.id AS app_id, 'purge' AS action,
    jsonb_build_object('retired_on', timezone(s.zone, s.retired_at)::date, 'days', %(keep)s) AS facts, '' AS note
FROM scope s WHERE s.owner_today - timezone(s.zone, s.retired_at)::date > %(keep)s
"""
REMOVALS = (
    "DELETE FROM catalog_usageday WHERE app_id = ANY(%(apps)s)",
    "DELETE FROM catalog_usagevisitor WHERE app_id = ANY(%(apps)s)",
)
EMPTY = "UPDATE catalog_archive SET snapshot = '{}'::jsonb WHERE app_id = ANY(%(apps)s)"
STAMP = "UPDATE catalog_microapp SET purged_at = %(now)s WHERE id = ANY(%(apps)s)"


def find(book: RuleBook, moment: Moment, app_ids: list[int] | None) -> Select:
    apps = scope(book, moment, states=[AppState.RETIRED], app_ids=app_ids, purged_at=None)
    return Select(FIND.format(scope=apps.sql), apps.params | {"keep": book.value("purge_after")})


def apply(batch: Batch) -> None:
    simulated = batch.moment.use_now is not None  # a simulation reads the real days of use
    for statement in (*(() if simulated else REMOVALS), EMPTY, STAMP):
        batch.execute(statement, apps=batch.app_ids())
    writing.record(batch, "catalog.app_purged")


SWEEP = Sweep(SweepKind.PURGE, find, apply, None, keeps=("purged_at",), every=24)
