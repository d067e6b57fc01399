"""The board's history: every month that was lived through is read from its records, and the last one has its report."""

from datetime import datetime, timedelta

from catalog.demo import history
from portal import board_month
from portal.actions import readings
from portal.models import User

REASON = "The demo's own history, read from its records."


def read(by: User, now: datetime) -> None:
    first = readings.today_of(now - timedelta(days=history.DAYS))
    readings.backfill(first, readings.today_of(now), by=by, reason=REASON, now=now)
    readings.take(now=now)
    board_month.report(now=now)
