"""How much an app of the demo is used on a day: by audience, weekday and its own dice."""

from datetime import date

from catalog.demo.apps import Seed

WEEK = (90, 100, 95, 100, 85, 40, 25)  # percent by weekday, Monday first; stores work at weekends too


def users_on(seed: Seed, day: date) -> int:
    """Distinct users of one day."""
    usual = max(2, seed.audience * (12 + seed.dice(24)) // 100)
    noise = 85 + seed.dice(31, day.toordinal())
    return usual * WEEK[day.weekday()] * noise // 10_000
