"""Open counts of the sidebar: what C4E staff must act on. The same for all of them, so counted once in a while."""

from django.core.cache import cache

from catalog.models import Discovery, SweepRun
from catalog.models.discovery import DiscoveryState
from catalog.models.sweep_run import SweepState
from portal import counters
from portal.models import User
from portal.models.user import Role

SECONDS = 15  # a count may be this old


def counted() -> dict[str, int]:
    return {
        "discoveries": Discovery.objects.filter(state=DiscoveryState.OPEN).count(),
        "sweeps": SweepRun.objects.filter(state=SweepState.HELD).count(),
    }


def console(name: str, user: User) -> int:
    """How many wait; none for those who are not staff."""
    if not user.has_role(Role.STAFF):
        return 0
    counts: dict[str, int] | None = cache.get_or_set("console-counts", counted, SECONDS)
    return (counts or counted())[name]


def discoveries(user: User) -> int:
    """Discoveries nobody has looked at."""
    return console("discoveries", user)


def sweeps(user: User) -> int:
    """Sweep runs that wait for two people."""
    return console("sweeps", user)


counters.register("discoveries", discoveries)
counters.register("sweeps", sweeps)
