"""An owner passes an app on: offered, then accepted, declined or taken back. Nothing changes until it is accepted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.actions.moves import lock, move
from catalog.actions.renewals import signature
from catalog.closings import HAND_OVER_ASKS, close_asks, close_flags
from catalog.models import HandOver, MicroApp
from catalog.models.flag import FlagAnswer
from catalog.models.hand_over import HandOverState
from catalog.models.renewal import RenewalWay
from catalog.notifications.hand_overs import ask_taker, tell_giver, tell_taker_withdrawn
from catalog.permissions import (
    denial_to_answer_hand_over,
    denial_to_offer,
    denial_to_take,
    denial_to_withdraw_hand_over,
)
from catalog.states import AppState
from catalog.succession import stays
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition

OFFERABLE = (AppState.DRAFT, AppState.ACTIVE, AppState.FLAGGED, AppState.ARCHIVED)


@transaction.atomic
def offer(app: MicroApp, *, taker: User, by: User, now: datetime, reason: str, way: str = RenewalWay.PAGE) -> HandOver:
    """Offer the app to one person. A flagged app stays flagged until they accept."""
    app = lock(app)
    allow(denial_to_offer(by, app))
    if app.state not in OFFERABLE:
        raise InvalidTransition(
            gettext("%(app)s is %(state)s, so it cannot be handed over now.")
            % {"app": app.name, "state": app.get_state_display().lower()}
        )
    if standing := app.hand_overs.filter(state=HandOverState.OPEN).select_related("taker").first():
        raise InvalidTransition(
            gettext("%(app)s is offered to %(person)s already. Take that offer back first.")
            % {"app": app.name, "person": standing.taker}
        )
    if denial := denial_to_take(taker, app):
        raise InvalidTransition(str(denial))
    return write(app, taker=taker, by=by, now=now, reason=reason, kind="hand_over_offered", way=way)


def write(
    app: MicroApp, *, taker: User, by: User, now: datetime, reason: str, kind: str, way: str = RenewalWay.PAGE
) -> HandOver:
    """The offer itself, on a locked app without another open one."""
    offered = HandOver.objects.create(app=app, giver=app.owner, taker=taker, reason=reason, at=now, by=by)
    audit.record(
        "catalog.hand_over_offered",
        app,
        by=by,
        now=now,
        reason=reason,
        actor_name=signature(by, way),
        facts={"hand_over": offered.pk, "to": str(taker)},
    )
    ask_taker(offered, kind, now=now)
    return offered


@transaction.atomic
def accept(hand_over: HandOver, *, by: User, now: datetime, second_owner: User | None = None) -> HandOver:
    """The taker becomes the owner. A taker who was the second owner changes places with the giver, unless the giver
    cannot stay: then `second_owner` must name somebody."""
    app, hand_over = lock_both(hand_over)
    allow(denial_to_answer_hand_over(by, hand_over))
    refuse_unless_open(hand_over)
    return give(app, hand_over, by=by, now=now, second_owner=second_owner)


def give(app: MicroApp, hand_over: HandOver, *, by: User, now: datetime, second_owner: User | None = None) -> HandOver:
    """The change of hands itself, on a locked app and its open offer; `by` becomes the owner."""
    if app.state not in OFFERABLE:
        raise InvalidTransition(gettext("%(app)s cannot change hands now. Try again later.") % {"app": app.name})
    second = second_owner or (app.second_owner if by.pk != app.second_owner_id else app.owner)
    if second.pk == by.pk or not stays(second):
        raise InvalidTransition(
            gettext("%(app)s needs a second owner who stays. Name one when you accept.") % {"app": app.name}
        )
    before = {"owner": app.owner.email, "second_owner": app.second_owner.email, "contact": app.contact}
    if app.contact == app.owner.email:
        app.contact = by.email
    app.owner, app.second_owner, app.updated_at = by, second, now
    app.save(update_fields=["owner", "second_owner", "contact", "updated_at"])
    after = {"owner": by.email, "second_owner": second.email, "contact": app.contact}
    close(hand_over, HandOverState.ACCEPTED, "", now=now)
    audit.record(
        "catalog.hand_over_accepted",
        app,
        by=by,
        now=now,
        changes=audit.changes_between(before, after),
        facts={"hand_over": hand_over.pk},
    )
    if app.state == AppState.FLAGGED:
        close_flags([app.pk], FlagAnswer.HAND_OVER, by=by, now=now, reason=hand_over.reason)
        move(app, "keep", by=by, now=now, verb="catalog.app_kept", reason=hand_over.reason)
    tell_giver(hand_over, "hand_over_accepted", now=now)
    return hand_over


@transaction.atomic
def decline(hand_over: HandOver, *, by: User, now: datetime, reason: str) -> HandOver:
    app, hand_over = lock_both(hand_over)
    allow(denial_to_answer_hand_over(by, hand_over))
    refuse_unless_open(hand_over)
    close(hand_over, HandOverState.DECLINED, reason, now=now)
    facts = {"hand_over": hand_over.pk}
    audit.record("catalog.hand_over_declined", app, by=by, now=now, reason=reason, facts=facts)
    tell_giver(hand_over, "hand_over_declined", now=now)
    return hand_over


@transaction.atomic
def withdraw(hand_over: HandOver, *, by: User, now: datetime) -> HandOver:
    app, hand_over = lock_both(hand_over)
    allow(denial_to_withdraw_hand_over(by, hand_over))
    refuse_unless_open(hand_over)
    close(hand_over, HandOverState.WITHDRAWN, "", now=now)
    audit.record("catalog.hand_over_withdrawn", app, by=by, now=now, facts={"hand_over": hand_over.pk})
    tell_taker_withdrawn(hand_over, now=now)
    return hand_over


def lock_both(hand_over: HandOver) -> tuple[MicroApp, HandOver]:
    """The app first, as everywhere, then the offer."""
    app = lock(MicroApp(pk=hand_over.app_id))
    locked = (
        HandOver.objects.select_for_update(of=("self",)).select_related("giver", "taker", "by").get(pk=hand_over.pk)
    )
    locked.app = app
    return app, locked


def refuse_unless_open(hand_over: HandOver) -> None:
    if hand_over.state != HandOverState.OPEN:
        raise InvalidTransition(
            gettext("This offer is %(state)s by now. Nothing was changed.")
            % {"state": hand_over.get_state_display().lower()}
        )


def close(hand_over: HandOver, state: HandOverState, reason: str, *, now: datetime) -> None:
    hand_over.state, hand_over.answered_at, hand_over.answer_reason = state, now, reason
    hand_over.save(update_fields=["state", "answered_at", "answer_reason"])
    close_asks([hand_over.app_id], kinds=HAND_OVER_ASKS, now=now)


audit.register(
    catalog__hand_over_offered=audit.Verb(_("Offered to somebody else"), "handshake", "info"),
    catalog__hand_over_accepted=audit.Verb(_("New owner"), "handshake", "ok"),
    catalog__hand_over_declined=audit.Verb(_("Offer declined"), "handshake", "warn"),
    catalog__hand_over_withdrawn=audit.Verb(_("Offer taken back"), "handshake"),
)
