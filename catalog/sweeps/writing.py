"""Set-based writes that every sweep uses: states along the table of moves, audit events, notifications, and their undoing."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from catalog.models.sweep_run import SweepKind
from catalog.states import Hand, find
from catalog.sweeps.base import Batch
from portal import audit
from portal.notifications import KINDS

KIND = "catalog.microapp"
APP_PAGE = "/apps/"  # catalog:micro_app_detail without the slug; a test compares
STAMPS = {"archived": "archived_at", "retired": "retired_at"}
MOVE = """
UPDATE catalog_microapp a SET state = %(target)s, updated_at = %(now)s {stamp}
FROM catalog_sweepitem i WHERE i.id = ANY(%(items)s) AND a.id = i.app_id AND a.state = %(source)s
RETURNING i.id
"""
AUDIT = """
INSERT INTO portal_auditevent
    (at, actor_id, actor_name, verb, subject_kind, subject_id, subject_name, reason, changes, facts, request_id, run_id)
SELECT %(now)s, %(by)s, %(actor)s, %(verb)s, %(kind)s, a.id, left(a.name, 200), %(reason)s,
    {changes}, i.facts, '', %(run)s
FROM catalog_sweepitem i JOIN catalog_microapp a ON a.id = i.app_id WHERE i.id = ANY(%(items)s) ORDER BY i.id
"""
# A service identity is never told anything; the person behind it is.
NOTIFY = """
INSERT INTO portal_notification (user_id, kind, key, params, url, asks, about_kind, about_id, created_at)
SELECT DISTINCT ON (who.id, a.id) who.id, %(notice)s, left({key}, 200),
    jsonb_build_object('app', a.name, 'owner', o.name) || {params},
    %(page)s || a.slug || '/', %(asks)s, %(kind)s, a.id, %(now)s
FROM catalog_sweepitem i
JOIN catalog_microapp a ON a.id = i.app_id
JOIN portal_user o ON o.id = a.owner_id
CROSS JOIN LATERAL unnest(ARRAY[{people}]::bigint[]) AS asked(id)
JOIN portal_user p ON p.id = asked.id
JOIN portal_user who ON who.id = CASE WHEN p.is_service THEN p.steward_id ELSE p.id END
WHERE i.id = ANY(%(items)s) AND {only} AND who.is_active AND NOT who.is_service
ON CONFLICT (user_id, key) DO NOTHING
"""
OWNER, SECOND = "a.owner_id", "a.second_owner_id"
MANAGER = "coalesce(o.manager_id, (SELECT manager_id FROM portal_user WHERE id = o.steward_id))"
TAKE_BACK = """
DELETE FROM portal_notification n USING catalog_sweepitem i
WHERE i.id = ANY(%(items)s) AND n.about_kind = %(kind)s AND n.about_id = i.app_id AND n.kind = ANY(%(notices)s)
  AND n.created_at = i.done_at AND n.read_at IS NULL AND n.digest_id IS NULL
"""
CLOSE = """
UPDATE portal_notification n SET closed_at = %(now)s FROM catalog_sweepitem i
WHERE i.id = ANY(%(items)s) AND n.about_kind = %(kind)s AND n.about_id = i.app_id AND n.kind = ANY(%(notices)s)
  AND n.closed_at IS NULL
"""
REOPEN = """
UPDATE portal_notification n SET closed_at = NULL FROM catalog_sweepitem i
WHERE i.id = ANY(%(items)s) AND n.about_kind = %(kind)s AND n.about_id = i.app_id AND n.kind = ANY(%(notices)s)
  AND n.closed_at = i.done_at
"""


def actor_of(kind: str) -> str:
    return _("Sweep “%(sweep)s”") % {"sweep": SweepKind(kind).label}


def move(batch: Batch, name: str, source: str, *, items: list[int] | None = None) -> list[int]:
    """Make one move of the table for all apps of the batch that are in `source`. Returns the items that moved."""
    step = find(name, source)
    if step is None or Hand.SWEEP not in step.hands:
        raise ValueError(f"the table of moves has no sweep move {name} out of {source}")
    stamp = f", {STAMPS[step.target]} = %(now)s" if step.target in STAMPS else ""
    rows = batch.execute(MOVE.format(stamp=stamp), items, source=step.source.value, target=step.target.value)
    return [pk for (pk,) in rows]


def record(
    batch: Batch, verb: str, *, changes: str = "'{}'::jsonb", items: list[int] | None = None, **params: Any
) -> None:
    """One audit event for each item; `changes` is an SQL expression over the item `i` and the app `a`."""
    audit.VERBS[verb]
    params = {"reason": "", "actor": batch.actor_name or actor_of(batch.run.kind)} | params
    batch.execute(AUDIT.format(changes=changes), items, verb=verb, kind=KIND, **params)


def state_change(source: str, target: str) -> str:
    return f"""'{{"state": ["{source}", "{target}"]}}'::jsonb"""


def notify(
    batch: Batch,
    notice: str,
    *,
    key: str,
    params: str,
    people: Iterable[str],
    asks: bool,
    only: str = "TRUE",
    items: list[int] | None = None,
    **more: Any,
) -> None:
    """Tell the people of each app; `key`, `params`, `people` and `only` are SQL expressions over `i`, `a` and `o`."""
    KINDS[notice]
    sql = NOTIFY.format(key=key, params=params, people=", ".join(people), only=only)
    batch.execute(sql, items, notice=notice, page=APP_PAGE, asks=asks, kind=KIND, **more)


def close(batch: Batch, notices: Iterable[str], *, items: list[int] | None = None) -> None:
    batch.execute(CLOSE, items, notices=list(notices), kind=KIND)


def reopen(batch: Batch, notices: Iterable[str], *, items: list[int] | None = None) -> None:
    """Undo `close`: what this run's batch closed is open again."""
    batch.execute(REOPEN, items, notices=list(notices), kind=KIND)


def take_back(batch: Batch, notices: Iterable[str], *, items: list[int] | None = None) -> None:
    """What nobody has read and no mail has carried is gone; the rest is closed."""
    batch.execute(TAKE_BACK, items, notices=list(notices), kind=KIND)
    close(batch, notices, items=items)


def put_back(
    batch: Batch, columns: Iterable[str], *, source: str | None = None, moves: Iterable[str] = (), where: str = "TRUE"
) -> list[int]:
    """Give the app's columns their values of before, where the app is still as the sweep left it. Returns those items.

    The state goes back only along `moves` out of `source`. A later change by a person keeps its own time of change."""
    steps = [find(name, source) for name in moves] if source else []
    targets = [step.target.value for step in steps if step and Hand.SWEEP in step.hands]
    casts = {"state": "{}", "owner_id": "{}::bigint", "second_owner_id": "{}::bigint"}
    value = lambda name: casts.get(name, "{}::timestamptz").format(f"(i.before->>'{name}')")  # noqa: E731
    sets = ", ".join(
        f"{name} = {value(name)}"
        if name != "updated_at"
        else f"updated_at = CASE WHEN a.updated_at = i.done_at THEN {value(name)} ELSE a.updated_at END"
        for name in columns
    )
    sql = (
        f"UPDATE catalog_microapp a SET {sets} FROM catalog_sweepitem i "  # noqa: S608  (names of columns)
        f"WHERE i.id = ANY(%(items)s) AND a.id = i.app_id AND (%(source)s::text IS NULL OR a.state = %(source)s) "
        f"AND (i.before->>'state' IS NULL OR i.before->>'state' = ANY(%(targets)s)) AND {where} RETURNING i.id"
    )
    return [pk for (pk,) in batch.execute(sql, source=source, targets=targets)]


audit.register(
    catalog__app_reminded=audit.Verb(_lazy("Owner reminded"), "bell", "info"),
    catalog__app_reminder_undone=audit.Verb(_lazy("Reminder taken back"), "undo-2"),
    catalog__app_flag_escalated=audit.Verb(_lazy("Second owner and manager asked"), "flag", "warn"),
    catalog__app_escalation_undone=audit.Verb(_lazy("Asking second owner and manager taken back"), "undo-2"),
    catalog__app_flag_undone=audit.Verb(_lazy("Flag taken back"), "undo-2", "info"),
    catalog__app_orphan_moved=audit.Verb(_lazy("Given to somebody who is here"), "handshake", "info"),
    catalog__app_orphan_back=audit.Verb(_lazy("Given back"), "undo-2"),
    catalog__app_purged=audit.Verb(_lazy("Heavy data removed"), "trash-2"),
    catalog__sweep_started=audit.Verb(_lazy("Sweep started"), "play", "info"),
    catalog__sweep_held=audit.Verb(_lazy("Sweep waits for two people"), "circle-pause", "warn"),
    catalog__sweep_released=audit.Verb(_lazy("Sweep released"), "lock-open", "ok"),
    catalog__sweep_cancelled=audit.Verb(_lazy("Sweep cancelled"), "x", "warn"),
    catalog__sweep_done=audit.Verb(_lazy("Sweep done"), "circle-check", "ok"),
    catalog__sweep_undo_started=audit.Verb(_lazy("Undo of the sweep started"), "undo-2", "warn"),
    catalog__sweep_undone=audit.Verb(_lazy("Sweep undone"), "undo-2", "info"),
    catalog__rule_set=audit.Verb(_lazy("Rule set"), "pencil", "info"),
    catalog__rule_cleared=audit.Verb(_lazy("Rule set back to the wider value"), "undo-2", "info"),
)
