"""manage.py sweep: plan, run, simulate or undo sweeps, and read what they do."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from catalog.actions import figures
from catalog.models import SweepRun
from catalog.models.sweep_run import SweepKind, SweepState
from catalog.sweeps import engine
from catalog.sweeps.registry import SWEEPS
from catalog.sweeps.simulation import LONGEST, Line, simulate
from catalog.sweeps.wording import action_label, note_text, reason_text, say_reason, why

SHOWN = 200


class Command(BaseCommand):
    help = (
        "Run the lifecycle sweeps, or one of them; --plan-only writes the plan and stops; --simulate changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", nargs="?", default="all", choices=["all", *SweepKind.values])
        parser.add_argument(
            "--now", type=moment, default=None, help="act as of this time, for example 2026-12-01T09:00Z"
        )
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--plan-only", action="store_true", help="write and print the plan; do nothing to any app")
        what.add_argument("--simulate", type=int, metavar="DAYS", help="print what the next days bring, without effect")
        what.add_argument("--undo", type=int, metavar="RUN", help="undo the whole run of this number")

    def handle(self, *, kind: str, now: datetime | None, **options: Any) -> None:
        now = now or timezone.now()
        if options["simulate"] is not None:
            self.simulate(options["simulate"], now)
        elif options["undo"] is not None:
            self.undo(options["undo"], now)
        else:
            if kind == "all" and not options["plan_only"]:
                figures.refresh(now=now)
            for one in SWEEPS if kind == "all" else [kind]:
                self.sweep(one, now, plan_only=options["plan_only"])

    def sweep(self, kind: str, now: datetime, *, plan_only: bool) -> None:
        run = engine.plan(kind, due=now, now=now)
        if not plan_only:
            run = engine.run(run, now=now)
        self.head(run)
        for item in run.items.select_related("app").order_by("id")[:SHOWN]:
            reason = note_text(item.note) if item.note else why(run.kind, item.action, item.facts)
            self.line(item.get_state_display(), item.app.name, action_label(item.action), reason)
        if (count := run.items.count()) > SHOWN:
            self.stdout.write(f"  … and {count - SHOWN:,} more; see /console/sweeps/{run.pk}/")

    def head(self, run: SweepRun) -> None:
        counts = f"planned {run.planned:,}, done {run.applied:,}, left alone {run.skipped:,}"
        self.stdout.write(self.style.MIGRATE_HEADING(f"{run.get_kind_display()} · run {run.pk}"))
        self.stdout.write(f"  {run.get_state_display()} · {counts}")
        if run.reason:
            self.stdout.write(self.style.WARNING(f"  {reason_text(run)}"))

    def line(self, *cells: str) -> None:
        state, name, action, reason = cells
        self.stdout.write(f"  {state:<12} {name[:34]:<34} {action[:28]:<28} {reason}")

    def simulate(self, days: int, now: datetime) -> None:
        if not 1 <= days <= LONGEST:
            raise CommandError(f"Choose 1 to {LONGEST} days.")
        result = simulate(now=now, days=days)
        for kind, reason in result.refused.items():
            self.stdout.write(self.style.WARNING(f"{SweepKind(kind).label}: {say_reason(reason)}"))
        for line in result.lines:
            self.simulated(line)
        if result.total > len(result.lines):
            self.stdout.write(f"… and {result.total - len(result.lines):,} more")
        held = sum(map(len, result.held.values()))
        self.stdout.write(f"{result.total:,} steps in {days} days; {held} plans would wait for two people.")
        self.stdout.write("Assumed: nobody answers, use stays as it is today. Nothing was changed.")

    def simulated(self, line: Line) -> None:
        self.line(line.day, line.name, action_label(line.action), why(line.kind, line.action, line.facts))

    def undo(self, number: int, now: datetime) -> None:
        run = SweepRun.objects.filter(pk=number).first()
        if run is None:
            raise CommandError(f"There is no run {number}. /console/sweeps/ lists them all.")
        if SWEEPS[run.kind].undo is None:
            raise CommandError("What this sweep removed is gone and cannot be put back.")
        ends = (SweepState.DONE, SweepState.CANCELLED)
        if not SweepRun.objects.filter(pk=number, state__in=ends).update(state=SweepState.UNDOING):
            raise CommandError(
                f"Run {number} is {run.get_state_display().lower()}; only a run that is over can be undone."
            )
        run = engine.undo(run, by=None, now=now)
        self.head(run)
        self.stdout.write(f"  put back {run.items.filter(state='undone').count():,} apps")


def moment(text: str) -> datetime:
    """A time with its zone; without one, UTC."""
    value = parse_datetime(text)
    if value is None:
        raise ValueError(text)
    return value if value.tzinfo else timezone.make_aware(value)
