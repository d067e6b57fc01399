"""Whether an app is in use, from the figures on its record, as a pure function. No figures means unknown, never unused."""

from datetime import date


def was_used(
    *, active_users: int | None, last_seen_on: date | None, today: date, window_days: int, fewest_users: int,
    open_tickets: int = 0,
) -> bool | None:
    """True or False when that is known, else None."""
    if open_tickets:
        return True
    if active_users is None:
        return None
    if active_users >= fewest_users:
        return True
    if last_seen_on is None or (today - last_seen_on).days >= window_days:
        return False
    return None if active_users else False
