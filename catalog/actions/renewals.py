"""Renewal is an attestation: who confirmed which facts for the next term. One for each term of an app."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext

from catalog.actions.moves import lock, move
from catalog.closings import TERM_ASKS, close_asks, close_flags
from catalog.models import MicroApp, Renewal
from catalog.models.flag import FlagAnswer
from catalog.models.renewal import RenewalWay
from catalog.permissions import denial_to_care
from catalog.rules import RuleBook
from catalog.snapshots import snapshot
from catalog.states import AppState
from catalog.terms import next_term, renewal_opens_on, renewed_end, unused_in_a_row
from catalog.usage_facts import verdict_of
from catalog.verdict import Outcome
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition

CHOICES = (90, 180, 365)
USED = {Outcome.ACTIVE: True, Outcome.INACTIVE: False, Outcome.UNKNOWN: None}


class NeedsDecision(InvalidTransition):
    """This renewal is not a click any more: it is asked for. The text says where."""


@dataclass(frozen=True)
class Renewed:
    """`already` when this term had been renewed before: the same result, and nothing was changed."""

    app: MicroApp
    renewal: Renewal
    already: bool


def renew(
    app: MicroApp,
    *,
    days: int,
    by: User,
    now: datetime,
    reason: str = "",
    term_end: Any = None,
    way: str = RenewalWay.PAGE,
    book: RuleBook | None = None,
) -> Renewed:
    """Confirm the facts for another term. `term_end` is the end the person saw; by default the one `app` was read with."""
    term_end = term_end or app.expires_on
    with transaction.atomic():
        app = lock(app)
        allow(denial_to_care(by, app))
        if done := app.renewals.filter(term_end=term_end).first():
            return Renewed(app, done, already=True)
        book = book or RuleBook.load()
        refuse_unless_open(app, term_end, now=now, book=book)
        was_used = USED[verdict_of(app, now=now, book=book).outcome]
        if not reason and (was_used is False or app.state == AppState.FLAGGED):
            raise InvalidTransition(
                gettext("%(app)s looks unused. Open its renewal page and say why it is still needed.")
                % {"app": app.name}
            )
        if needs_decision(app, was_used, book):
            raise NeedsDecision(
                gettext("%(app)s was renewed without use too often. Its renewal page sends this one to the reviewers.")
                % {"app": app.name}
            )
        return write(app, days=days, was_used=was_used, reason=reason, way=way, by=by, now=now, book=book)


def refuse_unless_open(app: MicroApp, term_end: Any, *, now: datetime, book: RuleBook) -> None:
    """Raise InvalidTransition with the sentence that says why not now."""
    words = {"app": app.name, "state": app.get_state_display().lower()}
    if not app.is_live or app.expires_on is None:
        raise InvalidTransition(gettext("%(app)s is %(state)s, so there is no term to renew.") % words)
    if term_end != app.expires_on:
        raise InvalidTransition(gettext("The term of %(app)s has changed. Look at its new end first.") % words)
    opens_on = renewal_opens_on(app.expires_on, book.for_app("renewal_opens", app))
    if app.owner.local_date(now) < opens_on:
        raise InvalidTransition(
            gettext("Renewal of %(app)s opens on %(day)s.") % {**words, "day": formats.date_format(opens_on, "j F Y")}
        )


def needs_decision(app: MicroApp, was_used: bool | None, book: RuleBook) -> bool:
    """Is this one renewal without use more than the rule allows in a row?"""
    return was_used is False and app.unused_renewals >= book.for_app("renewals_unused", app)


def write(
    app: MicroApp, *, days: int, was_used: bool | None, reason: str, way: str, by: User, now: datetime, book: RuleBook
) -> Renewed:
    """The renewal itself, on a locked app that may be renewed."""
    old_end, shortest = app.expires_on, book.for_app("shortest_term", app)
    assert old_end is not None
    in_a_row = unused_in_a_row(app.unused_renewals, was_used)
    given = next_term(days, in_a_row if was_used is False else 0, shortest)
    app.expires_on = renewed_end(old_end, given, app.owner.local_date(now), shortest)
    app.unused_renewals, app.updated_at = in_a_row, now
    app.save(update_fields=["expires_on", "unused_renewals", "updated_at"])
    renewal = Renewal.objects.create(
        app=app,
        term_end=old_end,
        new_end=app.expires_on,
        days=given,
        was_used=was_used,
        reason=reason,
        facts=attested(app),
        way=way,
        at=now,
        by=by,
    )
    audit.record(
        "catalog.app_renewed",
        app,
        by=by,
        now=now,
        actor_name=signature(by, way),
        reason=reason,
        changes={"expires_on": [old_end.isoformat(), app.expires_on.isoformat()]},
        facts={"days": given, "asked_days": days, "was_used": was_used, "way": str(way), "renewal": renewal.pk},
    )
    close_asks([app.pk], kinds=TERM_ASKS, now=now)
    if app.state == AppState.FLAGGED:
        close_flags([app.pk], FlagAnswer.KEEP, by=by, now=now, reason=reason)
        move(app, "keep", by=by, now=now, verb="catalog.app_kept", reason=reason, actor_name=signature(by, way))
    return Renewed(app, renewal, already=False)


def attested(app: MicroApp) -> dict[str, Any]:
    """The facts as they were read when confirmed."""
    record = snapshot(app)
    return {
        "owner": app.owner.email,
        "second_owner": app.second_owner.email,
        "purpose": app.purpose,
        "data_classification": app.data_classification,
        "cost_centre": app.cost_centre.code,
        "connectors": record["connectors"],
        "hosts": record["hosts"],
        "apps": record["needs"],
    }


def signature(by: User, way: str) -> str:
    """How the history names who answered; an answer by mail link says so."""
    return gettext("%(person)s, by mail link") % {"person": by} if way == RenewalWay.MAIL else str(by)
