"""Runs of sweeps for tests: planned and worked through by the engine."""

from datetime import datetime, timedelta

from catalog.models import MicroApp, Reminder, SweepRun
from catalog.sweeps import engine
from portal.models import User
from tests.makers.catalog import NOW, make_app
from tests.makers.usage import make_collector

TODAY = NOW.date()


def sweep(kind: str, now: datetime = NOW) -> SweepRun:
    return engine.run(engine.plan(kind, due=now, now=now), now=now)


def make_overdue(count: int, **people: User) -> list[MicroApp]:
    """Apps past their grace whose owner was reminded in time: the next expire sweep archives them."""
    apps = [
        make_app(f"Overdue {number}", now=NOW - timedelta(days=120), expires_on=TODAY - timedelta(days=20), **people)
        for number in range(count)
    ]
    Reminder.objects.bulk_create(
        [Reminder(app=app, term_end=app.expires_on, step=0, at=NOW - timedelta(days=20)) for app in apps]
    )
    return apps


def make_unused(count: int, **people: User) -> list[MicroApp]:
    """Apps that no collector has seen anybody use: the next stale sweep flags them."""
    make_collector()
    far = TODAY + timedelta(days=300)
    return [
        make_app(f"Unused {number}", now=NOW - timedelta(days=120), expires_on=far, **people) for number in range(count)
    ]
