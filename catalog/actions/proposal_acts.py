"""Doing what was proposed, inside the deciding transaction. One act for each kind; a refusal undoes the decision too."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext

from catalog.actions import app_facts, budgets, changes, hand_overs, renewals, restorations
from catalog.actions.proposals import STATES
from catalog.models import Proposal
from catalog.models.app_fact import FactKind
from catalog.models.hand_over import HandOverState
from catalog.models.proposal import ProposalKind
from catalog.models.renewal import RenewalWay
from catalog.rules import RuleBook
from catalog.usage_facts import verdict_of
from portal.models import User
from portal.states import InvalidTransition


def change(proposal: Proposal, *, by: User | None, now: datetime) -> None:
    changes.apply(proposal, by=by, now=now)


def renewal(proposal: Proposal, *, by: User | None, now: datetime) -> None:
    """Counts from the end it was asked for, however long the decision took."""
    app, book = proposal.app, RuleBook.load()
    if app.expires_on is None or app.expires_on.isoformat() != proposal.values["term_end"]:
        raise InvalidTransition(
            gettext("The term of %(app)s has changed since this was asked. Send it back, so that it is asked anew.")
            % {"app": app.name}
        )
    was_used = renewals.USED[verdict_of(app, now=now, book=book).outcome]
    renewals.write(
        app,
        days=proposal.values["days"],
        was_used=was_used,
        reason=proposal.reason[:300],
        way=RenewalWay.REQUEST,
        by=proposal.by,
        now=now,
        book=book,
    )


def restore(proposal: Proposal, *, by: User | None, now: datetime) -> None:
    restorations.bring_back(proposal.app, by=proposal.by, now=now)


def ownership(proposal: Proposal, *, by: User | None, now: datetime) -> None:
    """As a hand-over that its new owner accepts at once; an offer that stands is taken back first."""
    app = proposal.app
    app.hand_overs.filter(state=HandOverState.OPEN).update(state=HandOverState.WITHDRAWN, answered_at=now)
    owner = User.objects.get(email=proposal.values["owner"])
    second = User.objects.get(email=proposal.values["second_owner"])
    given = hand_overs.write(
        app, taker=owner, by=proposal.by, now=now, reason=proposal.reason, kind="hand_over_offered"
    )
    hand_overs.give(app, given, by=owner, now=now, second_owner=second)


def spend(proposal: Proposal, *, by: User | None, now: datetime) -> None:
    budgets.write(proposal.app, proposal.values["amount"], reason=proposal.reason, by=proposal.by, now=now)


def exemption(proposal: Proposal, *, by: User | None, now: datetime) -> None:
    last = date.fromisoformat(proposal.values["last_day"])
    until = timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
    if until <= now:
        raise InvalidTransition(gettext("The last day asked for has passed. Send it back for a later one."))
    app_facts.write(
        proposal.app, by=proposal.by, kind=FactKind.EXEMPTION, reason=proposal.reason[:300], until=until, now=now
    )


Act = Callable[..., None]
ACTS: dict[str, Act] = {
    ProposalKind.CHANGE: change,
    ProposalKind.RENEWAL: renewal,
    ProposalKind.RESTORE: restore,
    ProposalKind.OWNERSHIP: ownership,
    ProposalKind.SPEND: spend,
    ProposalKind.EXEMPTION: exemption,
}


def act(proposal: Proposal, *, by: User | None, now: datetime) -> None:
    """Raises InvalidTransition with a sentence when the app has moved on since it was asked."""
    if proposal.app.state not in STATES[proposal.kind]:
        raise InvalidTransition(
            gettext("%(app)s is %(state)s by now. Refuse this, or send it back.")
            % {"app": proposal.app.name, "state": proposal.app.get_state_display().lower()}
        )
    ACTS[proposal.kind](proposal, by=by, now=now)
