"""The turns of the schedule: every hour, in order, the sweeps whose hour it is.

Hourly, because a day begins at another hour for each owner; what happens once in a day is held by the data, not by the clock.
The heavy ones run once a day, at the house's night hour. One sweep that fails does not keep the others from running."""

from datetime import UTC, datetime, timedelta

import structlog
from django.db import Error

from catalog.actions import sweeps as actions
from catalog.models import SweepRun
from catalog.sweeps.base import Sweep
from catalog.sweeps.registry import SWEEPS

NIGHT_HOUR = 2  # UTC
log = structlog.get_logger(__name__)


def turn_of(sweep: Sweep, now: datetime) -> datetime:
    """The turn that `now` belongs to: this hour's, or for a daily sweep the last night's, even when the site was off then."""
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    if sweep.every == 1:
        return hour
    return hour - timedelta(hours=(hour.hour - NIGHT_HOUR) % 24)


def take(*, now: datetime) -> list[SweepRun]:
    """Plan what is due and hand it to workers. Safe to repeat: a turn's run exists only once."""
    runs = []
    for kind, sweep in SWEEPS.items():
        try:
            runs.append(actions.start(kind, by=None, now=now, due=turn_of(sweep, now)))
        except Error:
            log.exception("sweep could not be planned", kind=kind)
    return runs
