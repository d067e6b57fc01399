"""Reads what `catalog.verdict` needs: for some apps (a page, a batch), and for all apps in one statement (a sweep).

Both apply the same rule; a test proves it on generated data."""

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, Sum

from catalog.models import Archive, Collector, MicroApp, UsageDay, UsageVisitor
from catalog.rules import RuleBook
from catalog.verdict import SignalFacts, UseFacts, Verdict, judge


def verdict_of(app: MicroApp, *, now: datetime, book: RuleBook | None = None) -> Verdict:
    return judge(facts_of(app, now=now, book=book))


def facts_of(app: MicroApp, *, now: datetime, book: RuleBook | None = None) -> UseFacts:
    return facts_of_many([app], now=now, book=book)[app.pk]


def facts_of_many(
    apps: Collection[MicroApp], *, now: datetime, book: RuleBook | None = None, use_now: datetime | None = None
) -> dict[int, UseFacts]:
    """The facts of each app, in as many queries as for one. Days of use are calendar days in UTC.

    `use_now` is for simulations: use is read as of then, while everything else is as of `now`."""
    book, today = book or RuleBook.load(), (use_now or now).astimezone(UTC).date()
    windows = {app.pk: book.for_app("inactive_days", app) for app in apps}
    collectors = list(Collector.objects.order_by("label", "signal"))
    tells_apart = any(collector.identifies_visitors for collector in collectors)
    seen, visitors = days_seen(windows, today), people_seen(windows, today) if tells_apart else {}
    restored = dict(
        Archive.objects.filter(app__in=windows).values_list("app").annotate(last=Max("restored_at")).order_by()
    )
    moved = (now.astimezone(UTC).date() - today).days
    facts = {}
    for app in apps:
        since = max(filter(None, (app.activated_at, restored.get(app.pk))), default=None)
        facts[app.pk] = UseFacts(
            today=today,
            window=windows[app.pk],
            threshold=book.for_app("inactive_users", app),
            lag=book.for_app("collector_lag", app),
            live_since=since.astimezone(UTC).date() - timedelta(days=moved) if since else None,
            open_tickets=app.open_tickets,
            visitors=visitors.get(app.pk, 0),
            signals=tuple(signal_facts(one, seen[app.pk].get(one.signal, {})) for one in collectors),
        )
    return facts


def in_window(windows: dict[int, int], field: str, today: date) -> Q:
    """Rows whose day lies in the window of their app; apps with the same window share one condition."""
    condition = Q(pk__in=[])
    for window in set(windows.values()):
        apps = [pk for pk, own in windows.items() if own == window]
        condition |= Q(app__in=apps, **{f"{field}__gte": today - timedelta(days=window)})
    return condition


def days_seen(windows: dict[int, int], today: date) -> dict[int, dict[str, dict[str, Any]]]:
    inside = in_window(windows, "day", today)
    rows = (
        UsageDay.objects.filter(app__in=windows, users__gt=0, day__lte=today)
        .values("signal", app_pk=F("app_id"))
        .annotate(busiest=Max("users", filter=inside), total=Sum("users", filter=inside), last=Max("day"))
        .order_by()
    )
    seen: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    for row in rows:
        seen[row["app_pk"]][row["signal"]] = row  # type: ignore[assignment]
    return seen


def people_seen(windows: dict[int, int], today: date) -> dict[int, int]:
    inside = UsageVisitor.objects.filter(in_window(windows, "last_seen_on", today), last_seen_on__lte=today)
    return dict(inside.values_list("app").annotate(count=Count("id")).order_by())


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


# The same rule in SQL. `scope` has id, activated_at, open_tickets and the rules rule_inactive_days, rule_inactive_users and
# rule_collector_lag; %(use_today)s is the day of use, %(today)s the day that age is counted from.
VERDICT_CTES = """
seen AS (
    SELECT s.id AS app_id, u.signal, max(u.users) AS busiest, sum(u.users) AS total
    FROM scope s JOIN catalog_usageday u ON u.app_id = s.id AND u.users > 0
        AND u.day BETWEEN %(use_today)s::date - s.rule_inactive_days AND %(use_today)s::date
    GROUP BY s.id, u.signal
), seen_by_app AS (
    SELECT app_id, max(busiest) AS busiest,
        coalesce(max(busiest) FILTER (WHERE c.identifies_visitors), 0) AS told_busiest,
        coalesce(sum(total) FILTER (WHERE c.identifies_visitors), 0) AS told_total,
        coalesce(sum(total) FILTER (WHERE NOT c.identifies_visitors), 0) AS other_total
    FROM seen JOIN catalog_collector c USING (signal) GROUP BY app_id
), people AS (
    SELECT s.id AS app_id, count(*) AS visitors
    FROM scope s JOIN catalog_usagevisitor v ON v.app_id = s.id
        AND v.last_seen_on BETWEEN %(use_today)s::date - s.rule_inactive_days AND %(use_today)s::date
    WHERE EXISTS (SELECT FROM catalog_collector c WHERE c.identifies_visitors)
    GROUP BY s.id
), health AS (
    SELECT count(*) AS needed,
        CASE WHEN bool_and(complete_from IS NOT NULL) THEN max(complete_from) END AS complete_from,
        CASE WHEN bool_and(complete_until IS NOT NULL) THEN min(complete_until) END AS complete_until
    FROM catalog_collector WHERE is_required
), bounds AS (
    SELECT s.id AS app_id,
        greatest(coalesce(d.busiest, 0), coalesce(p.visitors, 0)) AS fewest,
        coalesce(d.other_total, 0) + CASE
            WHEN coalesce(p.visitors, 0) >= coalesce(d.told_busiest, 0) THEN coalesce(p.visitors, 0)
            ELSE d.told_total END AS most,
        greatest(s.activated_at, (SELECT max(r.restored_at) FROM catalog_archive r WHERE r.app_id = s.id)) AS live_since
    FROM scope s LEFT JOIN seen_by_app d ON d.app_id = s.id LEFT JOIN people p ON p.app_id = s.id
), verdict AS (
    SELECT s.id AS app_id, b.fewest, b.most, h.complete_until,
        CASE
            WHEN b.fewest >= s.rule_inactive_users OR s.open_tickets > 0 THEN 'active'
            WHEN b.live_since IS NULL
                OR (b.live_since AT TIME ZONE 'UTC')::date > %(today)s::date - s.rule_inactive_days THEN 'unknown'
            WHEN h.needed = 0 OR h.complete_from IS NULL OR h.complete_until IS NULL
                OR h.complete_from > %(use_today)s::date - s.rule_inactive_days
                OR h.complete_until < %(use_today)s::date - s.rule_collector_lag THEN 'unknown'
            WHEN b.most < s.rule_inactive_users THEN 'inactive'
            ELSE 'unknown'
        END AS outcome
    FROM scope s JOIN bounds b ON b.app_id = s.id CROSS JOIN health h
)"""
