"""Putting many apps away, and bringing them back when the run is undone: what `expire` and `unanswered` share."""

from catalog.closings import FLAG_ASKS, HAND_OVER_ASKS, TERM_ASKS
from catalog.models import Archive, SweepItem
from catalog.snapshots import digest, snapshots
from catalog.states import AppState
from catalog.sweeps import writing
from catalog.sweeps.base import Batch
from catalog.sweeps.writing import OWNER, SECOND

ASKS = (*TERM_ASKS, *FLAG_ASKS, *HAND_OVER_ASKS)
RESTORE_UNTIL = """
SELECT i.app_id, (i.before->>'state'), (i.facts->>'restore_until')::date
FROM catalog_sweepitem i WHERE i.id = ANY(%(items)s)
"""
CLOSE_FLAGS = """
UPDATE catalog_flag f SET answer = %(answer)s, reason = %(reason)s, answered_at = %(now)s
FROM catalog_sweepitem i WHERE i.id = ANY(%(items)s) AND f.app_id = i.app_id AND f.answered_at IS NULL
"""
REOPEN_FLAGS = """
UPDATE catalog_flag f SET answer = '', reason = '', answered_at = NULL
FROM catalog_sweepitem i WHERE i.id = ANY(%(items)s) AND f.app_id = i.app_id AND f.answered_at = i.done_at
  AND f.answered_by_id IS NULL
"""
WITHDRAW_OFFERS = """
UPDATE catalog_handover h SET state = 'withdrawn', answered_at = %(now)s FROM catalog_sweepitem i
WHERE i.id = ANY(%(items)s) AND h.app_id = i.app_id AND h.state = 'open'
"""
REOPEN_OFFERS = """
UPDATE catalog_handover h SET state = 'open', answered_at = NULL FROM catalog_sweepitem i
WHERE i.id = ANY(%(items)s) AND h.app_id = i.app_id AND h.state = 'withdrawn' AND h.answered_at = i.done_at
"""
STANDING = (
    "EXISTS (SELECT FROM catalog_archive r WHERE r.app_id = a.id AND r.run_id = %(run)s AND r.restored_at IS NULL)"
)
BRING_BACK = """
UPDATE catalog_archive r SET restored_at = %(now)s, restored_by_id = %(by)s FROM catalog_sweepitem i
WHERE i.id = ANY(%(items)s) AND r.app_id = i.app_id AND r.run_id = %(run)s AND r.restored_at IS NULL
"""


def put_away(batch: Batch, items: list[int], *, reason: str) -> None:
    """Snapshot, state, archive row, closed questions and word to both owners."""
    if not items:
        return
    rows = batch.execute(RESTORE_UNTIL, items)
    kept = snapshots([app_id for app_id, _state, _until in rows])
    Archive.objects.bulk_create(
        [
            Archive(
                app_id=app_id,
                run_id=batch.run.pk,
                at=batch.now,
                state_before=state,
                reason=reason,
                snapshot=kept[app_id],
                digest=digest(kept[app_id]),
                restore_until=until,
            )
            for app_id, state, until in rows
        ]
    )
    for source in (AppState.ACTIVE, AppState.FLAGGED):
        moved = writing.move(batch, "archive", source, items=items)
        change = writing.state_change(source, AppState.ARCHIVED)
        writing.record(batch, "catalog.app_archived", items=moved, changes=change, reason=reason)
    batch.execute(CLOSE_FLAGS, items, answer="archive", reason=reason)
    batch.execute(WITHDRAW_OFFERS, items)
    writing.close(batch, ASKS, items=items)
    key = "'app_archived:' || a.id || ':sweep:' || i.run_id"
    params = "jsonb_build_object('reason', %(reason)s::text, 'until', i.facts->'restore_until')"
    writing.notify(
        batch, "app_archived", key=key, params=params, people=[OWNER, SECOND], asks=False, items=items, reason=reason
    )


def bring_back(batch: Batch, columns: tuple[str, ...]) -> list[int]:
    """Undo `put_away` for apps that nobody has restored or retired since."""
    done = writing.put_back(
        batch, columns, source=AppState.ARCHIVED, moves=("restore", "reflag"), where=STANDING
    )  # fmt: skip
    batch.execute(BRING_BACK, done)
    batch.execute(REOPEN_FLAGS, done)
    batch.execute(REOPEN_OFFERS, done)
    writing.take_back(batch, ["app_archived"], items=done)
    writing.reopen(batch, ASKS, items=done)
    for state, verb in (("active", "catalog.app_restored"), ("flagged", "catalog.app_reflagged")):
        back = SweepItem.objects.filter(pk__in=done, before__state=state).values_list("pk", flat=True)
        change = writing.state_change(AppState.ARCHIVED, state)
        writing.record(batch, verb, items=list(back), changes=change)
    return done
