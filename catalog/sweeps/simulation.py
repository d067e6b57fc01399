"""What the sweeps will do in the next days, by the same code, day by day, on copies that vanish.

Assumed: nobody answers, renews or hands over; use stays as it is today; two people release whatever is held."""

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from catalog.models import SweepItem, SweepRun
from catalog.models.sweep_run import ItemState, SweepState
from catalog.sweeps import engine
from catalog.sweeps.registry import SWEEPS
from catalog.sweeps.shadow import shadow

KEPT = 2_000
LONGEST = 400


@dataclass
class Line:
    day: str
    kind: str
    action: str
    slug: str
    name: str
    facts: dict[str, Any]
    note: str = ""


@dataclass
class Simulation:
    """`counts` by day and sweep; `lines` are the first of them in full; `held` are days with a plan over the cap."""

    start: str
    days: int
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    held: dict[str, list[str]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    total: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def simulate(*, now: datetime, days: int, report: Callable[[int], None] = lambda done: None) -> Simulation:
    """The days from `now` on. Nothing outside this call ever sees what is written in it."""
    result = Simulation(now.date().isoformat(), days)
    with shadow(since=now - timedelta(days=100)):
        for number in range(days):
            moment = now + timedelta(days=number)
            for kind in SWEEPS:
                live_through(result, kind, moment, use_now=now)
            report(number + 1)
    return result


def live_through(result: Simulation, kind: str, moment: datetime, *, use_now: datetime) -> None:
    day = moment.date().isoformat()
    run = engine.plan(kind, due=moment, now=moment, use_now=use_now)
    if run.state == SweepState.REFUSED:
        result.refused.setdefault(kind, run.reason)
    if run.state == SweepState.HELD:
        result.held.setdefault(day, []).append(kind)
        SweepRun.objects.filter(pk=run.pk).update(state=SweepState.RUNNING, second_release_at=moment)
        run.state = SweepState.RUNNING
    if run.state == SweepState.RUNNING:
        engine.run(run, now=moment, use_now=use_now)
        note(result, run, day)


def note(result: Simulation, run: SweepRun, day: str) -> None:
    done = SweepItem.objects.filter(run=run, state=ItemState.APPLIED)
    counts = Counter(done.values_list("action", flat=True))
    for action, count in counts.items():
        result.counts.setdefault(day, {})[f"{run.kind}.{action}"] = count
        result.total += count
    room = KEPT - len(result.lines)
    rows = done.order_by("id").values_list("action", "app__slug", "app__name", "facts")[: max(room, 0)]
    result.lines += [Line(day, run.kind, *row) for row in rows]
