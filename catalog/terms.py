"""Terms of a micro app, as pure functions of calendar days. All days are the owner's own."""

from datetime import date, timedelta

LONGEST_AFTER_RESTORE = 90
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


def renewed_end(expires_on: date, days: int, today: date, shortest: int) -> date:
    """The new end; when a long silence has used it up already, the shortest term from today."""
    end = new_end(expires_on, days)
    return end if end > today else today + timedelta(days=shortest)


def restored_end(expires_on: date, today: date, lifespan_days: int) -> date:
    """A restored app keeps its end; one that has passed is replaced by a fresh term, of 90 days at most."""
    return expires_on if expires_on >= today else today + timedelta(days=min(lifespan_days, LONGEST_AFTER_RESTORE))


def unused_in_a_row(so_far: int, was_used: bool | None) -> int:
    """The counter after a renewal: use ends the row, no use lengthens it, and the unknown counts as neither."""
    return so_far if was_used is None else 0 if was_used else so_far + 1


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
