"""Terms of a micro app, as pure functions of calendar days. All days are the owner's own."""

from datetime import date, timedelta

REMINDER_STEPS = (30, 14, 7, 1, 0)  # days before the end; in grace: half time and the last day


def first_end(activated_on: date, lifespan_days: int) -> date:
    """The last good day of a new app."""
    return activated_on + timedelta(days=lifespan_days)


def renewal_opens_on(expires_on: date, opens_before: int) -> date:
    return expires_on - timedelta(days=opens_before)


def next_term(days: int, unused_renewals: int, shortest: int) -> int:
    """The days a renewal gives: each renewal in a row without use halves it, not below `shortest`.

    `unused_renewals` counts those before this one and this one, when it is without use."""
    return max(min(days, shortest), days >> min(unused_renewals, 16))


def new_end(expires_on: date, days: int) -> date:
    """Counts from the old end, so that renewing early loses nothing."""
    return expires_on + timedelta(days=days)


def grace_ends_on(expires_on: date, grace: int) -> date:
    """The last day before the app is archived."""
    return expires_on + timedelta(days=grace)


def steps(grace: int) -> tuple[int, ...]:
    """All reminder steps as days before the end, in the order they fall due; negative ones lie in grace."""
    return (*REMINDER_STEPS, *dict.fromkeys((-(grace // 2), -grace)))


def step_due(days_to_end: int, grace: int) -> int | None:
    """The newest step reached; None before the first. A long silence yields one reminder, not all that were missed."""
    reached = [step for step in steps(grace) if days_to_end <= step]
    return min(reached) if reached else None
