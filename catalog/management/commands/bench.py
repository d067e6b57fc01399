"""Measure on synthetic apps in a throw-away database. Prints figures; judges nothing."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from catalog.actions import figures
from catalog.bench import database, pages, policies
from catalog.bench.board import measure as measure_board
from catalog.bench.clones import measure as measure_clones
from catalog.bench.load import load
from catalog.models.sweep_run import SweepKind
from catalog.sweeps import engine
from portal.models import User

SIZES = {"policy": 10_000, "clone": 100}  # apps; 100,000 for what is not named

HEAD = f"{'page':<12}{'queries':>8}{'SQL ms':>9}{'web ms':>9}{'db ms':>9}{'p50':>8}{'p95':>8}{'p50 of 8':>10}{'p95 of 8':>10}"


class Command(BaseCommand):
    help = "Measure pages, sweeps, policies, the board, or clones and upgrades, on a throw-away database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["catalog", "sweep", "policy", "clone", "board"])
        parser.add_argument("--apps", type=int, help="100,000 unless told; 10,000 for policies")
        parser.add_argument("--clones", type=int, default=30)
        parser.add_argument("--usage-rows", type=int, default=1_000_000, help="days of use, for the board")
        parser.add_argument("--requests", type=int, default=100)

    def handle(self, *args: Any, what: str, apps: int | None, **options: Any) -> None:
        apps = apps or SIZES.get(what, 100_000)
        with database.throw_away() as url:
            started = time.perf_counter()
            staff = load(apps, usage=what in ("sweep", "board"))
            self.stdout.write(f"{apps:,} apps loaded in {time.perf_counter() - started:.1f} s")
            self.measure(what, staff, url, apps=apps, **options)

    def measure(
        self,
        what: str,
        staff: User,
        url: str,
        *,
        apps: int,
        requests: int,
        clones: int,
        usage_rows: int,
        **options: Any,
    ) -> None:
        """Print the figures of `what`, in a database that is loaded already."""
        if what == "catalog":
            self.stdout.write(HEAD)
            for cost in pages.measure(staff, url, requests):
                self.show(cost)
        elif what == "policy":
            self.policy()
        elif what == "board":
            self.board(staff, usage_rows)
        elif what == "clone":
            self.clone(staff, clones)
        else:
            self.sweep(apps)

    def show(self, cost: pages.Cost) -> None:
        self.stdout.write(
            f"{cost.name:<12}{cost.queries:>8}{cost.sql:>9.1f}{cost.web:>9.1f}{cost.database:>9.1f}"
            f"{cost.p50:>8.1f}{cost.p95:>8.1f}{cost.p50_of_8:>10.1f}{cost.p95_of_8:>10.1f}"
        )

    def policy(self) -> None:
        self.stdout.write(f"{'step':<16}{'checks':>10}{'seconds':>10}{'checks/s':>12}")
        for line in policies.measure():
            per_second = line.checks / line.seconds
            self.stdout.write(f"{line.name:<16}{line.checks:>10,}{line.seconds:>10.1f}{per_second:>12,.0f}")

    def board(self, staff: User, usage_rows: int) -> None:
        self.stdout.write(f"{'step':<28}{'queries':>8}{'seconds':>10}")
        for line in measure_board(staff, usage_rows):
            self.stdout.write(f"{line.name:<28}{line.queries:>8}{line.seconds:>10.3f}")

    def clone(self, staff: User, runs: int) -> None:
        self.stdout.write(f"{'step':<12}{'runs':>8}{'median s':>12}{'longest s':>12}")
        for line in measure_clones(staff, runs):
            self.stdout.write(f"{line.name:<12}{line.runs:>8}{line.median:>12.2f}{line.longest:>12.2f}")

    def sweep(self, apps: int) -> None:
        now, begin = timezone.now(), time.perf_counter()
        self.stdout.write(f"{'sweep':<12}{'planned':>10}{'done':>10}{'seconds':>10}{'apps/s':>12}  state")
        changed = figures.refresh(now=now)
        seconds = time.perf_counter() - begin
        self.stdout.write(
            f"{'usage':<12}{changed:>10}{changed:>10}{seconds:>10.1f}{apps / seconds:>12,.0f}  Figures refreshed"
        )
        for kind in SweepKind.values:
            started = time.perf_counter()
            run = engine.plan(kind, due=now, now=now)
            run = engine.run(run, now=now)
            seconds = time.perf_counter() - started
            counts = f"{kind:<12}{run.planned:>10}{run.applied:>10}"
            self.stdout.write(f"{counts}{seconds:>10.1f}{apps / seconds:>12,.0f}  {run.get_state_display()}")
        seconds = time.perf_counter() - begin
        self.stdout.write(f"{'all':<12}{'':>20}{seconds:>10.1f}{apps / seconds:>12,.0f}")
