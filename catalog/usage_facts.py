"""Reads what `catalog.verdict` needs: for one app (a page), and for all apps in one statement (a sweep).

Both apply the same rule; a test proves it on generated data."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q, Sum

from catalog.models import Collector, MicroApp, UsageDay, UsageVisitor
from catalog.rules import RuleBook
from catalog.verdict import SignalFacts, UseFacts, Verdict, judge


def verdict_of(app: MicroApp, *, now: datetime, book: RuleBook | None = None) -> Verdict:
    return judge(facts_of(app, now=now, book=book))


def facts_of(app: MicroApp, *, now: datetime, book: RuleBook | None = None) -> UseFacts:
    """The facts of one app. Days of use are calendar days in UTC."""
    book, today = book or RuleBook.load(), now.astimezone(UTC).date()
    window = book.for_app("inactive_days", app)
    in_window = Q(day__gte=today - timedelta(days=window), day__lte=today)
    seen = {
        row["signal"]: row
        for row in UsageDay.objects.filter(app=app, users__gt=0, day__lte=today)
        .values("signal")
        .annotate(
            busiest=Max("users", filter=in_window),
            total=Sum("users", filter=in_window),
            last=Max("day"),
        )
    }
    signals = tuple(signal_facts(collector, seen.get(collector.signal, {})) for collector in collectors())
    visitors = UsageVisitor.objects.filter(
        app=app, last_seen_on__gte=today - timedelta(days=window), last_seen_on__lte=today
    ).aggregate(count=Count("id"))["count"]
    restored_at = app.archives.aggregate(last=Max("restored_at"))["last"]
    since = max(filter(None, (app.activated_at, restored_at)), default=None)
    return UseFacts(
        today=today,
        window=window,
        threshold=book.for_app("inactive_users", app),
        lag=book.for_app("collector_lag", app),
        live_since=since.astimezone(UTC).date() if since else None,
        open_tickets=app.open_tickets,
        visitors=visitors if any(signal.identifies_visitors for signal in signals) else 0,
        signals=signals,
    )


def collectors() -> list[Collector]:
    return list(Collector.objects.order_by("label", "signal"))


def signal_facts(collector: Collector, seen: dict[str, Any]) -> SignalFacts:
    return SignalFacts(
        signal=collector.signal,
        label=collector.label,
        is_required=collector.is_required,
        identifies_visitors=collector.identifies_visitors,
        complete_from=collector.complete_from,
        complete_until=collector.complete_until,
        busiest_day=seen.get("busiest") or 0,
        user_days=seen.get("total") or 0,
        last_seen_on=seen.get("last"),
    )
