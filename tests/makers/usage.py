"""Collectors and days of use for tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from catalog.models import Collector, MicroApp, UsageDay
from tests.makers.catalog import NOW

TODAY = NOW.date()


def make_collector(signal: str = "sign-ins", **fields: Any) -> Collector:
    """A collector that vouches for a year until yesterday."""
    defaults = {
        "label": signal.replace("-", " ").capitalize(),
        "complete_from": TODAY - timedelta(days=365),
        "complete_until": TODAY - timedelta(days=1),
    }
    return Collector.objects.create(signal=signal, **{**defaults, **fields})


def make_use(
    app: MicroApp, users: int = 5, *, day: date = TODAY - timedelta(days=2), signal: str = "sign-ins"
) -> UsageDay:
    return UsageDay.objects.create(app=app, signal=signal, day=day, users=users, events=users * 3)


def report(app: MicroApp, *, users: int, now: datetime, days: int = 100) -> None:
    """A collector complete for the last `days`, with `users` people a day on the app (0: nobody)."""
    today = now.astimezone(UTC).date()
    Collector.objects.update_or_create(
        signal="sign-ins",
        defaults={"label": "Sign-ins", "complete_from": today - timedelta(days=days), "complete_until": today},
    )
    if users:
        UsageDay.objects.bulk_create(
            [UsageDay(app=app, signal="sign-ins", day=today - timedelta(days=back), users=users) for back in range(20)],
            ignore_conflicts=True,
        )
