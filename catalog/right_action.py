"""The one right action on an app for this reader, and the others they may take: a table of states and hands, no branching.

An action that is refused stands there disabled with the sentence that says why. One whose page the site lacks is left out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.models import MicroApp
from catalog.models.proposal import ProposalKind
from catalog.permissions import (
    OWNERS_ONLY,
    denial_to_edit,
    denial_to_move,
    denial_to_propose,
    denial_to_state_facts,
    hands_of,
)
from catalog.states import AppState, Hand
from catalog.terms import renewal_opens_on
from portal.models import User
from portal.navigation import address
from portal.permissions import Denial

OWNING = frozenset({Hand.OWNER, Hand.SECOND_OWNER, Hand.STAFF})
ANSWERING = OWNING | {Hand.MANAGER}


@dataclass(frozen=True)
class Case:
    """What a denial is decided from. `opens_before` are the days before the end from which the owner may renew."""

    user: User
    app: MicroApp
    today: date
    opens_before: int

    @property
    def hands(self) -> set[Hand]:
        return hands_of(self.user, self.app)


@dataclass(frozen=True)
class Action:
    key: str
    label: str | Promise
    icon: str
    url_name: str
    denial: Callable[[Case], Denial]
    hands: frozenset[Hand] | None = OWNING  # whom it concerns, None is everyone: others do not see it at all
    variant: str = "plain"
    posts: bool = False  # done by the click itself; the others lead to a page first


@dataclass(frozen=True)
class Offer:
    """An action as this reader meets it: with an address, or refused with a sentence."""

    key: str
    label: str | Promise
    icon: str
    url: str
    denial: str
    variant: str
    posts: bool


def moving(name: str) -> Callable[[Case], Denial]:
    return lambda case: denial_to_move(case.user, case.app, name)


def denial_to_renew(case: Case) -> Denial:
    if not case.hands & OWNING:
        return OWNERS_ONLY
    if case.app.expires_on is None or not case.app.is_live:
        return gettext("Only a live app is renewed.")
    opens = renewal_opens_on(case.app.expires_on, case.opens_before)
    if case.today < opens:
        return gettext("Renewal opens on %(day)s, %(days)d days before the end.") % {
            "day": formats.date_format(opens, "j F Y"),
            "days": case.opens_before,
        }
    return None


def denial_to_hand_over(case: Case) -> Denial:
    return None if case.hands & OWNING else OWNERS_ONLY


def denial_to_answer(case: Case) -> Denial:
    return None if case.hands & ANSWERING else OWNERS_ONLY


SUBMIT = Action("submit", _("Send for review"), "send", "catalog:submission_create", moving("submit"))
RENEW = Action("renew", _("Renew"), "rotate-ccw", "catalog:renewal_create", denial_to_renew)
ANSWER = Action("answer", _("Answer the flag"), "flag", "catalog:flag_answer_create", denial_to_answer, ANSWERING)
RESTORE = Action("restore", _("Restore"), "archive-restore", "catalog:restoration_create", moving("restore"))
EDIT = Action("edit", _("Edit"), "pencil", "catalog:micro_app_edit", lambda case: denial_to_edit(case.user, case.app))
HAND_OVER = Action("hand_over", _("Hand over"), "handshake", "catalog:hand_over_create", denial_to_hand_over)
ARCHIVE = Action("archive", _("Archive"), "archive", "catalog:archive_create", moving("archive"), ANSWERING)
DISCARD = Action("discard", _("Discard draft"), "trash-2", "catalog:micro_app_discard_create", moving("discard"))
RETIRE = Action(
    "retire", _("Retire"), "circle-off", "catalog:retirement_create", moving("retire"), frozenset({Hand.STAFF})
)
MARK = Action(
    "mark",
    _("Set a mark"),
    "tag",
    "catalog:fact_create",
    lambda case: denial_to_state_facts(case.user),
    frozenset({Hand.STAFF}),
)

BUDGET = Action("budget", _("Budget"), "coins", "catalog:budget_create", denial_to_hand_over)
EXEMPTION = Action("exemption", _("Ask for an exemption"), "snowflake", "catalog:exemption_create", denial_to_hand_over)
TAKE_OVER = Action(
    "take_over",
    _("Take it over"),
    "handshake",
    "catalog:ownership_create",
    lambda case: denial_to_propose(case.user, case.app, ProposalKind.OWNERSHIP),
    hands=None,
)

PRIMARY: dict[AppState, Action | None] = {
    AppState.DRAFT: SUBMIT,
    AppState.IN_REVIEW: None,
    AppState.ACTIVE: RENEW,
    AppState.FLAGGED: ANSWER,
    AppState.ARCHIVED: RESTORE,
    AppState.RETIRED: None,
}
OTHERS: dict[AppState, tuple[Action, ...]] = {
    AppState.DRAFT: (EDIT, BUDGET, HAND_OVER, DISCARD),
    AppState.IN_REVIEW: (MARK,),
    AppState.ACTIVE: (EDIT, HAND_OVER, ARCHIVE, BUDGET, EXEMPTION, TAKE_OVER, MARK),
    AppState.FLAGGED: (RENEW, EDIT, HAND_OVER, ARCHIVE, BUDGET, EXEMPTION, TAKE_OVER, MARK),
    AppState.ARCHIVED: (TAKE_OVER, RETIRE, MARK),
    AppState.RETIRED: (),
}


def offer(action: Action | None, case: Case) -> Offer | None:
    """The action for this reader, or None when it is not for them or the site has no such page."""
    if action is None or not concerns(action, case) or not exists(action.url_name):
        return None
    denial = action.denial(case)
    url = reverse(action.url_name, args=[case.app.slug]) if denial is None else ""
    return Offer(action.key, action.label, action.icon, url, str(denial or ""), action.variant, action.posts)


def concerns(action: Action, case: Case) -> bool:
    return action.hands is None or bool(case.hands & action.hands)


def exists(url_name: str) -> bool:
    return bool(address(url_name, "x"))


def primary(case: Case) -> Offer | None:
    return offer(PRIMARY[AppState(case.app.state)], case)


def others(case: Case) -> list[Offer]:
    """What else this reader may do; what is refused is left out of the menu."""
    offers = (offer(action, case) for action in OTHERS[AppState(case.app.state)])
    return [found for found in offers if found is not None and not found.denial]
