"""What must happen when a person leaves: each package says what it keeps of theirs and what it does about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from portal.models import User


class Leaving(Protocol):
    def __call__(self, user: User, *, on: date, by: User, now: datetime) -> None: ...


def nothing_to_do(user: User, *, on: date, by: User, now: datetime) -> None:
    """For a package that only blocks."""


@dataclass(frozen=True)
class Departure:
    """`blockers(user)` says in sentences what still hangs on this person; the account stays open until there is none.

    `leaving` is called when a last working day is set or moved, inside the transaction that saves it."""

    key: str
    blockers: Callable[[User], list[str]]
    leaving: Leaving = nothing_to_do


DEPARTURES: dict[str, Departure] = {}


def register(departure: Departure) -> None:
    DEPARTURES[departure.key] = departure


def blockers(user: User) -> list[str]:
    """Every reason why this person's account cannot be closed yet."""
    return [sentence for key in sorted(DEPARTURES) for sentence in DEPARTURES[key].blockers(user)]


def leaving(user: User, *, on: date, by: User, now: datetime) -> None:
    for key in sorted(DEPARTURES):
        DEPARTURES[key].leaving(user, on=on, by=by, now=now)
