"""Who is told what about a hand-over."""

from datetime import datetime

from django.urls import reverse

import catalog.notifications.lifecycle  # noqa: F401  (registers the wordings)
from catalog.models import HandOver
from portal.models import User
from portal.notifications import notify


def params(hand_over: HandOver) -> dict[str, str]:
    return {
        "app": hand_over.app.name,
        "giver": str(hand_over.giver),
        "taker": str(hand_over.taker),
        "reason": hand_over.answer_reason or hand_over.reason,
        "on": hand_over.giver.leaves_on.isoformat() if hand_over.giver.leaves_on else "",
    }


def tell(person: User, kind: str, hand_over: HandOver, *, url: str, asks: bool, now: datetime) -> None:
    notify(
        person,
        kind,
        key=f"{kind}:{hand_over.pk}",
        url=url,
        params=params(hand_over),
        asks=asks,
        thing=hand_over.app,
        now=now,
    )


def ask_taker(hand_over: HandOver, kind: str, *, now: datetime) -> None:
    url = reverse("catalog:hand_over_answer", args=[hand_over.pk])
    tell(hand_over.taker, kind, hand_over, url=url, asks=True, now=now)


def tell_giver(hand_over: HandOver, kind: str, *, now: datetime) -> None:
    """The giver, and who offered it in the giver's place."""
    people = {person.pk: person for person in (hand_over.giver, hand_over.by) if person is not None}
    for person in people.values():
        if person.pk != hand_over.taker_id:
            tell(person, kind, hand_over, url=hand_over.app.get_absolute_url(), asks=False, now=now)


def tell_taker_withdrawn(hand_over: HandOver, *, now: datetime) -> None:
    url = hand_over.app.get_absolute_url()
    tell(hand_over.taker, "hand_over_withdrawn", hand_over, url=url, asks=False, now=now)
