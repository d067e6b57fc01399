"""What a run itself leaves behind: audit events about the run, and word to staff when it waits or could not go on."""

from datetime import datetime

from catalog.models import SweepRun
from catalog.models.sweep_run import SweepState
from catalog.sweeps.writing import actor_of
from portal import audit
from portal.models import User
from portal.models.user import Role
from portal.notifications import close, notify


def planned(run: SweepRun) -> None:
    """After the plan: a run that waits or is refused is told to staff; an empty one leaves no trace in the log."""
    if run.state == SweepState.HELD:
        note(run, "catalog.sweep_held", by=run.by, now=run.now)
        tell_staff(run, "sweep_held", key=f"sweep_held:{run.pk}", asks=True)
    elif run.state == SweepState.REFUSED:
        tell_staff(run, "sweep_refused", key=f"sweep_refused:{run.kind}:{run.now:%Y-%m-%d}")


def finished(run: SweepRun, *, now: datetime) -> None:
    verb = "catalog.sweep_undone" if run.state == SweepState.UNDONE else "catalog.sweep_done"
    note(run, verb, by=run.undone_by or run.by, now=now)


def note(run: SweepRun, verb: str, *, by: User | None, now: datetime, reason: str = "") -> None:
    counts = {"planned": run.planned, "applied": run.applied, "skipped": run.skipped, "cap": run.cap}
    name = "" if by else actor_of(run.kind)
    audit.record(verb, run, by=by, now=now, actor_name=name, reason=reason, facts=counts, run_id=run.pk)


def tell_staff(run: SweepRun, kind: str, *, key: str, asks: bool = False) -> None:
    params = {"sweep": run.kind, "planned": run.planned, "cap": run.cap}
    for person in User.objects.people().in_role(Role.STAFF):
        notify(
            person, kind, key=key, url=run.get_absolute_url(), params=params, asks=asks, thing=run, now=run.now
        )  # fmt: skip


def settle(run: SweepRun, *, now: datetime) -> None:
    """Nobody needs to release it any more."""
    close(run, kinds=["sweep_held"], now=now)
