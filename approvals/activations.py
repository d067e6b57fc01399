"""The seam to the packages above for policies that change: what depends on one is named before a version comes in force, and
told after it has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from approvals.models import PolicyVersion


@dataclass(frozen=True)
class Dependent:
    """Something that a version would make wrong, in a sentence, with the page where it is mended."""

    sentence: str
    url: str


Looker = Callable[[PolicyVersion], list[Dependent]]
Listener = Callable[[PolicyVersion, datetime], None]
_lookers: list[Looker] = []
_listeners: list[Listener] = []


def register(look: Looker, listen: Listener) -> None:
    """`look(version)` names what the version would make wrong; `listen(version, now)` hears, in the same transaction, that a
    version with other rules or data than the one before has come in force."""
    if look not in _lookers:
        _lookers.append(look)
        _listeners.append(listen)


def dependents(version: PolicyVersion) -> list[Dependent]:
    return [found for look in _lookers for found in look(version)]


def tell(version: PolicyVersion, *, now: datetime) -> None:
    for listen in _listeners:
        listen(version, now)
