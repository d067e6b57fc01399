"""Use of an app, loaded as a collector would."""

from datetime import UTC, datetime, timedelta

from catalog.models import Collector, MicroApp, UsageDay


def report(app: MicroApp, *, users: int, now: datetime, days: int = 100) -> None:
    """A complete collector for the last `days`, with `users` people a day on the app (0: nobody)."""
    today = now.astimezone(UTC).date()
    Collector.objects.update_or_create(
        signal="sign_in",
        defaults={"label": "Sign-ins", "complete_from": today - timedelta(days=days), "complete_until": today},
    )
    if users:
        UsageDay.objects.bulk_create(
            [UsageDay(app=app, signal="sign_in", day=today - timedelta(days=back), users=users) for back in range(20)]
        )
