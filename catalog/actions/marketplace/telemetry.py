"""Use that apps report themselves: one visitor counts once a day and app, however often and however many at once report it.

A report adds to what is known and vouches for nothing: an app that reports nothing may have been used all the same, so no
collector is called complete by it, and no verdict of “unused” rests on it."""

from datetime import UTC, datetime

from django.db import connection, transaction
from django.utils.translation import gettext

from catalog.actions.usage import VisitorRow, record_visitors
from catalog.models import MicroApp

SIGNAL = "telemetry"
# Known as a source, so that what it saw counts as use; it vouches for no day, and no verdict waits for it.
KNOWN = """
INSERT INTO catalog_collector (signal, label, identifies_visitors, is_required, rows_seen)
VALUES (%(signal)s, %(label)s, true, false, 0) ON CONFLICT (signal) DO NOTHING
"""
ONE_MORE = """
INSERT INTO catalog_usageday (app_id, signal, day, users, events) VALUES (%(app)s, %(signal)s, %(day)s, 1, 1)
ON CONFLICT (app_id, signal, day) DO UPDATE SET users = catalog_usageday.users + 1, events = catalog_usageday.events + 1
"""
SEEN = """
UPDATE catalog_appfigures SET last_seen_on = %(day)s
WHERE app_id = %(app)s AND (last_seen_on IS NULL OR last_seen_on < %(day)s)
"""


@transaction.atomic
def count(slug: str, visitor: str, *, now: datetime) -> bool:
    """True when it counted: a live app, and a visitor who was not seen in it today. `visitor` is 64 hex characters."""
    app = MicroApp.objects.live().filter(slug=slug).values_list("pk", flat=True).first()
    if app is None:
        return False
    day = now.astimezone(UTC).date()
    if not record_visitors([VisitorRow(app, visitor, day)]):
        return False
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, {"signal": SIGNAL, "label": gettext("Apps themselves")})
        cursor.execute(ONE_MORE, {"app": app, "signal": SIGNAL, "day": day})
        cursor.execute(SEEN, {"app": app, "day": day})
    return True
