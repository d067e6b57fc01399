"""Plans, runs and undoes any sweep.

A plan is written first: which apps, what, why. The work goes in batches, each one transaction: lock the items and their apps,
find the facts true again at this moment, act, note it. So a run may be killed, started twice or run by many at once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from catalog.actions import figures
from catalog.models import SweepRun
from catalog.models.sweep_run import ItemState, SweepState
from catalog.rules import RuleBook
from catalog.sweeps import gate, ledger
from catalog.sweeps.base import Batch, Moment, Sweep
from catalog.sweeps.registry import SWEEPS
from catalog.sweeps.writing import actor_of
from portal.models import User

Report = Callable[[int], None]

# Apps in another open plan of this sweep wait for it; apps of an undone or cancelled plan rest; a note is made once a day.
PLAN = """
WITH found AS ({select}),
resting AS (
    SELECT i.app_id, r.state IN ('undone', 'cancelled') OR i.state = 'planned' AS acts_not
    FROM catalog_sweeprun r JOIN catalog_sweepitem i ON i.run_id = r.id
    WHERE r.kind = %(kind)s AND r.id <> %(run)s AND (
        (r.state IN ('held', 'running', 'undoing') AND i.state = 'planned')
        OR (r.state = 'undone' AND i.state = 'undone' AND r.undone_at > %(rest_since)s)
        OR (r.state = 'cancelled' AND i.state = 'planned' AND r.finished_at > %(rest_since)s)
        OR (i.state = 'skipped' AND i.note <> 'changed' AND r.now > %(noted_since)s AND r.now <= %(now)s))
)
INSERT INTO catalog_sweepitem (run_id, app_id, action, facts, before, state, note)
SELECT %(run)s, f.app_id, f.action, f.facts, '{{}}'::jsonb,
    CASE WHEN f.note = '' THEN 'planned' ELSE 'skipped' END, f.note
FROM found f
WHERE NOT EXISTS (SELECT FROM resting r WHERE r.app_id = f.app_id AND (r.acts_not OR f.note <> ''))
ORDER BY f.app_id
"""
CLAIM = """
SELECT id FROM catalog_sweepitem WHERE run_id = %s AND state = %s AND note <> 'kept' ORDER BY id LIMIT %s
FOR UPDATE SKIP LOCKED
"""
LOCK_APPS = """
SELECT id FROM catalog_microapp WHERE id IN (SELECT app_id FROM catalog_sweepitem WHERE id = ANY(%(items)s))
ORDER BY id FOR UPDATE
"""
CONFIRM = """
WITH found AS ({select})
UPDATE catalog_sweepitem i SET facts = f.facts, done_at = %(now)s, before = {before}
FROM found f JOIN catalog_microapp a ON a.id = f.app_id
WHERE i.id = ANY(%(items)s) AND f.app_id = i.app_id AND f.action = i.action AND f.note = ''
RETURNING i.id
"""
SETTLE = """
UPDATE catalog_sweepitem SET state = CASE WHEN id = ANY(%(done)s) THEN 'applied' ELSE 'skipped' END,
    note = CASE WHEN id = ANY(%(done)s) THEN note ELSE 'changed' END, done_at = %(now)s
WHERE id = ANY(%(items)s)
"""
UNSETTLE = """
UPDATE catalog_sweepitem SET state = CASE WHEN id = ANY(%(done)s) THEN 'undone' ELSE state END,
    note = CASE WHEN id = ANY(%(done)s) THEN note ELSE 'kept' END
WHERE id = ANY(%(items)s)
"""


def plan(
    kind: str, *, due: datetime, now: datetime, by: User | None = None, use_now: datetime | None = None
) -> SweepRun:
    """Write the plan for the turn `due`, once: a second call gives the same run. Nothing is done to any app yet."""
    sweep, moment = SWEEPS[kind], Moment(now, use_now)
    with transaction.atomic():
        run, created = SweepRun.objects.get_or_create(
            kind=kind, due=due, defaults={"now": now, "by": by, "started_at": now}
        )
        if not created:
            return run
        book = RuleBook.load()
        if sweep.needs_use and (refusal := gate.incomplete(book, moment)):
            run.state, run.reason, run.finished_at = SweepState.REFUSED, refusal, now
        else:
            write_items(run, sweep, book, moment)
            hold = gate.over_cap(run, book, moment) if sweep.archives else ""
            run.state, run.reason = (SweepState.HELD, hold) if hold else (SweepState.RUNNING, "")
            if not run.planned:
                run.state, run.finished_at = SweepState.DONE, now
        run.save()
        if use_now is None:
            ledger.planned(run)
    return run


def write_items(run: SweepRun, sweep: Sweep, book: RuleBook, moment: Moment) -> None:
    select = sweep.find(book, moment, None)
    rest_since = moment.now - timedelta(days=book.value("undo_rest"))
    params = {
        "kind": run.kind,
        "run": run.pk,
        "rest_since": rest_since,
        "noted_since": moment.now - timedelta(hours=23),
    }
    with connection.cursor() as cursor:
        cursor.execute(PLAN.format(select=select.sql), select.params | moment.params | params)
    recount(run)


def recount(run: SweepRun) -> None:
    counts = dict.fromkeys(ItemState.values, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, count(*) FROM catalog_sweepitem WHERE run_id = %s GROUP BY state", [run.pk])
        counts.update(dict(cursor.fetchall()))
    run.applied, run.skipped = counts["applied"] + counts["undone"], counts["skipped"]
    run.planned = counts["planned"] + run.applied + run.items.filter(note="changed").count()


def run(
    plan: SweepRun,
    *,
    now: datetime,
    use_now: datetime | None = None,
    size: int | None = None,
    report: Report = lambda done: None,
) -> SweepRun:
    """Work through a plan, or what is left of it. `report` is called between batches and may raise to stop there."""
    sweep, moment, book = SWEEPS[plan.kind], Moment(now, use_now), RuleBook.load()
    done = 0
    while taken := step(
        plan, SweepState.RUNNING, ItemState.PLANNED, size or sweep.size, lambda b: act(b, sweep), moment, book
    ):
        done += taken
        report(done)
    finish(plan, SweepState.RUNNING, SweepState.DONE, ItemState.PLANNED, now=now)
    return plan


def undo(
    done: SweepRun, *, by: User | None, now: datetime, size: int | None = None, report: Report = lambda done: None
) -> SweepRun:
    """Put back what a run did, app by app; an app that somebody changed since is left as it is, with a note."""
    sweep, moment, book, count = SWEEPS[done.kind], Moment(now), RuleBook.load(), 0
    if sweep.undo is None:
        raise ValueError(f"the sweep {done.kind} cannot be undone")
    while taken := step(
        done,
        SweepState.UNDOING,
        ItemState.APPLIED,
        size or sweep.size,
        lambda b: act_back(b, sweep),
        moment,
        book,
        by=by,
    ):
        count += taken
        report(count)
    finish(done, SweepState.UNDOING, SweepState.UNDONE, ItemState.APPLIED, now=now)
    return done


def step(
    run: SweepRun,
    expected: SweepState,
    items_in: ItemState,
    size: int,
    work: Callable[[Batch], None],
    moment: Moment,
    book: RuleBook,
    **more: Any,
) -> int:
    """One batch in one transaction; 0 when nothing is left to take, or the run is no longer to go on."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT state FROM catalog_sweeprun WHERE id = %s FOR SHARE", [run.pk])
        if cursor.fetchone() != (expected.value,):
            return 0
        cursor.execute(CLAIM, [run.pk, items_in.value, size])
        items = [pk for (pk,) in cursor.fetchall()]
        if not items:
            return 0
        batch = Batch(run, items, moment, book, actor_name=str(more.get("by") or actor_of(run.kind)), **more)
        batch.execute(LOCK_APPS)
        work(batch)
    return len(items)


def act(batch: Batch, sweep: Sweep) -> None:
    """Confirm the facts under lock, act on those that still hold, leave the others alone."""
    items, select = batch.items, sweep.find(batch.book, batch.moment, batch.app_ids())
    pairs = ", ".join(f"'{name}', a.{name}" for name in sweep.keeps)
    confirm = CONFIRM.format(select=select.sql, before=f"jsonb_build_object({pairs})")
    batch.items = [pk for (pk,) in batch.execute(confirm, items, **select.params)]
    if batch.items:
        sweep.apply(batch)
    batch.execute(SETTLE, items, done=batch.items)


def act_back(batch: Batch, sweep: Sweep) -> None:
    items = batch.items
    done = sweep.undo(batch) if sweep.undo else []
    batch.execute(UNSETTLE, items, done=done)


def finish(run: SweepRun, expected: SweepState, then: SweepState, left: ItemState, *, now: datetime) -> None:
    """Close the run when no item is left, whoever took the last one. Only one caller closes it."""
    with transaction.atomic():
        fresh = SweepRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if fresh.state == expected and not fresh.items.filter(state=left).exclude(note="kept").exists():
            recount(fresh)
            fresh.state, fresh.finished_at = then, now
            if then == SweepState.UNDONE:
                fresh.undone_at = now
            fresh.save()
            ledger.finished(fresh, now=now)
    run.refresh_from_db()


def run_day(*, now: datetime) -> list[SweepRun]:
    """Figures of use, then all sweeps in their order, as of one moment: what a day does. A run that is held stays held."""
    figures.refresh(now=now)
    return [run(plan(kind, due=now, now=now), now=now) for kind in SWEEPS]
