"""Who stands in for somebody who is out of office: delegates, and delegates of delegates."""

from collections.abc import Callable, Mapping
from datetime import date

from portal.models import Absence, User

Hop = Callable[[int], tuple[bool, int | None]]  # a person's key -> are they away, and who is their delegate


def end_of_chain(start: int, hop: Hop) -> int | None:
    """The first person along the delegates who is there; None when the chain ends with nobody or runs in a circle."""
    at, seen = start, set()
    while at not in seen:
        seen.add(at)
        away, delegate = hop(at)
        if not away:
            return at if at != start else None
        if delegate is None:
            return None
        at = delegate
    return None


def standing_in_for(user: User, day: date) -> User | None:
    """Who answers for `user` on `day`; None when they are there themselves, or when nobody stands in."""

    def hop(person: int) -> tuple[bool, int | None]:
        absence = Absence.objects.on(day).filter(user=person).values_list("delegate").first()
        return absence is not None, absence[0] if absence else None

    found = end_of_chain(user.pk, hop)
    return User.objects.people().filter(pk=found).first() if found is not None else None


def stand_ins(day: date) -> dict[int, int]:
    """Everybody who is away on `day` and has somebody standing in, as person to stand-in. Two queries for the house."""
    away: Mapping[int, int | None] = dict(Absence.objects.on(day).values_list("user", "delegate"))
    found = {person: end_of_chain(person, lambda at: (at in away, away.get(at))) for person in away}
    there = set(User.objects.people().filter(pk__in={pk for pk in found.values() if pk}).values_list("pk", flat=True))
    return {person: stand_in for person, stand_in in found.items() if stand_in in there}  # type: ignore[misc]
