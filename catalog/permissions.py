"""May this person do this to that app? None is yes; a text is the sentence they read, as 403 and as tooltip alike."""

from django.utils.translation import gettext_lazy as _

from catalog.models import Connector, Discovery, Flag, HandOver, MicroApp
from catalog.models.discovery import DiscoveryState
from catalog.models.proposal import ProposalKind
from catalog.states import MOVES, Hand, find
from portal.models import User
from portal.models.user import Role
from portal.permissions import Denial

STATE_REFUSALS = {
    "draft": _("This app is still a draft. Submit it first."),
    "in_review": _("This app is in review. Wait for the decision, or withdraw the request."),
    "active": _("This app is active."),
    "flagged": _("This app is flagged as unused. Answer the question on its page first."),
    "archived": _("This app is archived. Restore it first."),
    "retired": _("This app is retired. It cannot come back; its record stays."),
}
OWNING = frozenset({Hand.OWNER, Hand.SECOND_OWNER, Hand.STAFF})
NOT_YET_MANAGER = _("You may answer for the owner once the owner has had their time and has not answered.")
OWNERS_ONLY = _("Only its owners and C4E staff may do this. Ask the owner named on the page.")


def hands_of(user: User, app: MicroApp) -> set[Hand]:
    """Which hands of the transition table this person has on this app."""
    hands = set()
    if user.pk == app.owner_id:
        hands.add(Hand.OWNER)
    if user.pk == app.second_owner_id:
        hands.add(Hand.SECOND_OWNER)
    if app.owner.manager_id == user.pk:
        hands.add(Hand.MANAGER)
    if app.owner.is_service and app.owner.steward_id == user.pk:
        hands.add(Hand.OWNER)
    if user.has_role(Role.STAFF):
        hands.add(Hand.STAFF)
    return hands


def denial_to_move(user: User, app: MicroApp, name: str) -> Denial:
    """May this person make the move `name`, in the app's present state?"""
    move = find(name, app.state)
    if move is None:
        return STATE_REFUSALS[app.state]
    return None if move.hands & hands_of(user, app) else OWNERS_ONLY


def denial_by_hand(user: User, app: MicroApp, name: str) -> Denial:
    """The part of the refusal that is about the person. Actions ask this one: a wrong state is refused by the move (409)."""
    moves = [move for move in MOVES if move.name == name]
    here = [move for move in moves if move.source == app.state] or moves
    return None if frozenset().union(*(move.hands for move in here)) & hands_of(user, app) else OWNERS_ONLY


def denial_to_care(user: User, app: MicroApp) -> Denial:
    """Renewing, offering and taking back an offer: for owners and staff, whatever the state."""
    return None if hands_of(user, app) & OWNING else OWNERS_ONLY


def denial_to_answer_flag(user: User, app: MicroApp, flag: Flag | None) -> Denial:
    """Owners answer at once; the owner's manager when the owner has had their time."""
    hands = hands_of(user, app)
    if hands & OWNING:
        return None
    if Hand.MANAGER in hands:
        return None if flag is not None and flag.escalated_at is not None else NOT_YET_MANAGER
    return OWNERS_ONLY


def denial_to_archive(user: User, app: MicroApp) -> Denial:
    """The move's own refusals, and on a flagged app those of the answer to the flag."""
    if app.state == "flagged":
        return denial_to_answer_flag(user, app, app.flags.filter(answered_at=None).first())
    return denial_to_move(user, app, "archive")


def denial_to_offer(user: User, app: MicroApp) -> Denial:
    """Offering is for owners and staff, and on a flagged app for whoever may answer the flag."""
    if app.state == "flagged":
        return denial_to_answer_flag(user, app, app.flags.filter(answered_at=None).first())
    return denial_to_care(user, app)


def denial_to_take(user: User, app: MicroApp) -> Denial:
    """May this person become the owner?"""
    if user.pk == app.owner_id:
        return _("This person is its owner already. Name somebody else.")
    if not user.is_active or user.is_service:
        return _("An owner is a person with an open account. Name somebody else.")
    if user.leaves_on is not None:
        return _("This person leaves the company soon. Name somebody else.")
    return None


def denial_to_answer_hand_over(user: User, hand_over: HandOver) -> Denial:
    return None if user.pk == hand_over.taker_id else _("Only the person it is offered to answers this.")


def denial_to_withdraw_hand_over(user: User, hand_over: HandOver) -> Denial:
    return None if user.pk in (hand_over.giver_id, hand_over.by_id) else denial_to_care(user, hand_over.app)


def denial_to_propose(user: User, app: MicroApp, kind: str) -> Denial:
    """Anybody may offer to take an app over; everything else is asked by those who own it, and by staff."""
    if kind != ProposalKind.OWNERSHIP:
        return denial_to_care(user, app)
    if user.is_service:
        return _("An owner is a person with an open account.")
    if app.is_owned_by(user):
        return _("It is yours already. Hand it over if somebody else shall own it.")
    return None


def denial_to_edit(user: User, app: MicroApp) -> Denial:
    if app.state in ("archived", "retired", "in_review"):
        return STATE_REFUSALS[app.state]
    return None if hands_of(user, app) & {Hand.OWNER, Hand.SECOND_OWNER, Hand.STAFF} else OWNERS_ONLY


def denial_to_keep_connectors(user: User) -> Denial:
    if user.has_role(Role.STAFF):
        return None
    return _("Connectors are kept by C4E staff. Ask them to add, change or block one.")


def denial_to_propose_connector(user: User) -> Denial:
    return _("A service identity proposes nothing. The person behind it does.") if user.is_service else None


def denial_to_change_proposed_connector(user: User, connector: Connector) -> Denial:
    if connector.proposed_by_id == user.pk:
        return None
    return _("Only the person who proposed this connector changes the proposal.")


def denial_to_state_facts(user: User) -> Denial:
    if user.has_role(Role.STAFF):
        return None
    return _("Quarantine and featured apps are decided by C4E staff. Tell them why you ask.")


def denial_to_export_catalog(user: User) -> Denial:
    if user.has_role(Role.STAFF, Role.AUDITOR, Role.BOARD):
        return None
    return _("The whole catalog is exported by C4E staff, auditors and the board. Export what your list shows instead.")


def denial_to_triage(user: User) -> Denial:
    if user.has_role(Role.STAFF):
        return None
    return _("Discoveries are settled by C4E staff. You can adopt an app that carries your name.")


def denial_to_contact(discovery: Discovery) -> Denial:
    owner = discovery.owner
    if owner is None:
        return _("Nobody here is known as its owner. Adopt it with an owner of your choice, or retire it.")
    if not owner.is_active:
        return _("Its owner has left. Adopt it with another owner, or retire it.")
    return None


def denial_to_adopt(user: User, discovery: Discovery) -> Denial:
    """Staff adopt any discovery, its owner their own, while it is not settled."""
    if discovery.state not in (DiscoveryState.OPEN, DiscoveryState.CONTACTED):
        return _("This discovery is settled by now. Look at its page for what happened.")
    if user.has_role(Role.STAFF) or user.pk == discovery.owner_id:
        return None
    return _("Only its owner and C4E staff may adopt this app.")
