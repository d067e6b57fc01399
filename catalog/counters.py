"""Open counts of the sidebar: what C4E staff must act on. One query each, and none for everybody else."""

from catalog.models import Discovery, SweepRun
from catalog.models.discovery import DiscoveryState
from catalog.models.sweep_run import SweepState
from portal import counters
from portal.models import User
from portal.models.user import Role


def discoveries(user: User) -> int:
    """Discoveries nobody has looked at."""
    return Discovery.objects.filter(state=DiscoveryState.OPEN).count() if user.has_role(Role.STAFF) else 0


def sweeps(user: User) -> int:
    """Sweep runs that wait for two people."""
    return SweepRun.objects.filter(state=SweepState.HELD).count() if user.has_role(Role.STAFF) else 0


counters.register("discoveries", discoveries)
counters.register("sweeps", sweeps)
