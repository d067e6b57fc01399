"""What people do to a run of a sweep: start it, release or cancel a plan that waits, undo what was done."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import SweepRun
from catalog.models.sweep_run import SweepState
from catalog.permissions_sweeps import denial_to_cancel, denial_to_release, denial_to_undo
from catalog.sweeps import engine, ledger
from portal import jobs
from portal.models import Job, User
from portal.permissions import allow, denial_to_use_console
from portal.states import InvalidTransition


def lock(run: SweepRun, *expected: SweepState) -> SweepRun:
    """The run as it is now. Raises InvalidTransition when somebody was faster."""
    fresh = SweepRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if fresh.state not in expected:
        raise InvalidTransition(
            _("This run is by now in the state “%(state)s”. Look at its page before you go on.")
            % {"state": fresh.get_state_display()}
        )
    return fresh


def enqueue_run(run: SweepRun, *, by: User | None = None) -> Job | None:
    """Ask a worker to work through a plan; asking twice asks once."""
    if run.state != SweepState.RUNNING:
        return None
    return jobs.enqueue(
        "catalog.run_sweep",
        by=by,
        title=run.get_kind_display() if by else "",
        key=f"catalog.run_sweep:{run.pk}",
        result_url=run.get_absolute_url(),
        run_id=run.pk,
    )


@transaction.atomic
def start(kind: str, *, by: User | None, now: datetime, due: datetime | None = None) -> SweepRun:
    """Plan one sweep and have it worked through. With `due` it is a turn of the schedule, which exists only once."""
    if by is not None:
        allow(denial_to_use_console(by))
    run = engine.plan(kind, due=due or now, now=now, by=by)
    if by is not None:
        ledger.note(run, "catalog.sweep_started", by=by, now=now)
    enqueue_run(run, by=by)
    return run


@transaction.atomic
def release(run: SweepRun, *, by: User, now: datetime) -> SweepRun:
    """One of the two words a plan over the cap needs. The second lets it go; facts are then checked again, app by app."""
    run = lock(run, SweepState.HELD)
    allow(denial_to_release(by, run))
    if run.first_release_by_id is None:
        run.first_release_at, run.first_release_by = now, by
    else:
        run.second_release_at, run.second_release_by, run.state = now, by, SweepState.RUNNING
        ledger.settle(run, now=now)
    run.save()
    ledger.note(run, "catalog.sweep_released", by=by, now=now)
    enqueue_run(run, by=by)
    return run


@transaction.atomic
def cancel(run: SweepRun, *, by: User, now: datetime) -> SweepRun:
    """Stop a plan that waits or runs, between two batches. What was done stays done; an undo is a step of its own."""
    run = lock(run, SweepState.HELD, SweepState.RUNNING)
    allow(denial_to_cancel(by, run))
    run.state, run.finished_at = SweepState.CANCELLED, now
    engine.recount(run)
    run.save()
    ledger.settle(run, now=now)
    ledger.note(run, "catalog.sweep_cancelled", by=by, now=now)
    return run


@transaction.atomic
def take_back(run: SweepRun, *, by: User, now: datetime, reason: str) -> SweepRun:
    """Have everything this run did put back, as a job."""
    run = lock(run, SweepState.DONE, SweepState.CANCELLED)
    allow(denial_to_undo(by, run))
    run.state, run.undone_by = SweepState.UNDOING, by
    run.save(update_fields=["state", "undone_by"])
    ledger.note(run, "catalog.sweep_undo_started", by=by, now=now, reason=reason)
    jobs.enqueue(
        "catalog.undo_sweep",
        by=by,
        title=_("Undo: %(sweep)s") % {"sweep": run.get_kind_display()},
        key=f"catalog.undo_sweep:{run.pk}",
        result_url=run.get_absolute_url(),
        run_id=run.pk,
    )
    return run
