"""The lifecycle of a micro app as one table of moves: from where, to where, and who may make it.

Everything else derives from it: the refusals, the buttons, the diagram in the README, the tests of the full product."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class AppState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    ACTIVE = "active", _("Active")
    FLAGGED = "flagged", _("Flagged")
    ARCHIVED = "archived", _("Archived")
    RETIRED = "retired", _("Retired")


class Hand(StrEnum):
    """Whose hand may make a move. `SWEEP` is the lifecycle engine, `REVIEW` a decision on a request."""

    OWNER = "owner"
    SECOND_OWNER = "second_owner"
    MANAGER = "manager"
    STAFF = "staff"
    REVIEW = "review"
    SWEEP = "sweep"


@dataclass(frozen=True)
class Move:
    name: str
    source: AppState
    target: AppState
    hands: frozenset[Hand]


def _moves() -> list[Move]:
    owners = frozenset({Hand.OWNER, Hand.SECOND_OWNER, Hand.STAFF})
    review, sweep = frozenset({Hand.REVIEW}), frozenset({Hand.SWEEP})
    s = AppState
    return [
        Move("submit", s.DRAFT, s.IN_REVIEW, owners),
        Move("discard", s.DRAFT, s.RETIRED, owners),
        Move("approve", s.IN_REVIEW, s.ACTIVE, review),
        Move("send_back", s.IN_REVIEW, s.DRAFT, review),
        Move("flag", s.ACTIVE, s.FLAGGED, sweep),
        Move("keep", s.FLAGGED, s.ACTIVE, owners | {Hand.MANAGER, Hand.SWEEP}),
        Move("archive", s.ACTIVE, s.ARCHIVED, owners | sweep),
        Move("archive", s.FLAGGED, s.ARCHIVED, owners | {Hand.MANAGER, Hand.SWEEP}),
        Move("restore", s.ARCHIVED, s.ACTIVE, owners | sweep),
        Move("reflag", s.ARCHIVED, s.FLAGGED, sweep),  # undoing a sweep puts a flagged app back as it was
        Move("retire", s.ARCHIVED, s.RETIRED, frozenset({Hand.STAFF}) | sweep),
        Move("unretire", s.RETIRED, s.ARCHIVED, sweep),  # undoing a sweep, until the heavy data is gone
    ]


MOVES = tuple(_moves())
TRANSITIONS: Transitions = {
    state: frozenset(move.target for move in MOVES if move.source == state) for state in AppState
}
LIVE_STATES = (AppState.ACTIVE, AppState.FLAGGED)


def find(name: str, source: str) -> Move | None:
    """The move of that name out of `source`, or None when the table has none."""
    return next((move for move in MOVES if move.name == name and move.source == source), None)
