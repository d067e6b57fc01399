"""Refreshing how much each live app is used: people in the last 30 days (at least so many), and the day it was last seen.

Zero is said only when every required collector vouches for the 30 days; otherwise nothing is known, and the figure is empty.
Nothing is acted on here, so there is no plan and nothing to undo: the next refresh says what is known then."""

from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from catalog.models import MicroApp
from catalog.rules import RuleBook
from catalog.states import LIVE_STATES

DAYS = 30
SIZE = 100_000  # numbers of apps in one transaction
REFRESH = """
WITH scope AS (
    SELECT a.id, f.active_users, f.last_seen_on FROM catalog_microapp a JOIN catalog_appfigures f ON f.app_id = a.id
    WHERE a.state = ANY(%(states)s) AND a.id BETWEEN %(low)s AND %(high)s
), seen AS (
    SELECT u.app_id, max(u.users) AS users, max(u.day) AS day
    FROM catalog_usageday u JOIN catalog_collector c USING (signal)
    WHERE u.day BETWEEN %(from)s AND %(today)s AND u.users > 0 AND u.app_id BETWEEN %(low)s AND %(high)s GROUP BY u.app_id
), people AS (
    SELECT u.app_id, count(*) AS users, max(u.last_seen_on) AS day FROM catalog_usagevisitor u
    WHERE u.last_seen_on BETWEEN %(from)s AND %(today)s AND u.app_id BETWEEN %(low)s AND %(high)s GROUP BY u.app_id
), health AS (
    SELECT count(*) > 0 AND coalesce(bool_and(complete_from <= %(from)s
        AND complete_until >= %(today)s::date - %(lag)s), false) AS whole
    FROM catalog_collector WHERE is_required
), fresh AS (
    SELECT s.id, s.active_users, s.last_seen_on, greatest(d.users, p.users, CASE WHEN h.whole THEN 0 END)::integer AS users,
        greatest(s.last_seen_on, d.day, p.day) AS day
    FROM scope s LEFT JOIN seen d ON d.app_id = s.id LEFT JOIN people p ON p.app_id = s.id CROSS JOIN health h
)
UPDATE catalog_appfigures f SET active_users = n.users, last_seen_on = n.day
FROM fresh n WHERE f.app_id = n.id AND (n.users IS DISTINCT FROM n.active_users OR n.day IS DISTINCT FROM n.last_seen_on)
"""


def refresh(*, now: datetime) -> int:
    """Bring all figures to what the rollups say. Returns how many apps changed. Safe twice, and twice at once."""
    today = now.astimezone(UTC).date()
    last = MicroApp.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    params: dict[str, Any] = {
        "states": [str(state) for state in LIVE_STATES],
        "from": today.fromordinal(today.toordinal() - DAYS),
        "today": today,
        "lag": RuleBook.load().value("collector_lag"),
    }
    changed = 0
    for low in range(1, last + 1, SIZE):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(REFRESH, params | {"low": low, "high": low + SIZE - 1})
            changed += cursor.rowcount
    return changed
