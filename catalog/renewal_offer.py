"""What renewing an app would mean today: whether it is open, what is asked, and where each choice would end."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.actions.renewals import CHOICES, USED, needs_decision
from catalog.models import MicroApp
from catalog.models.micro_app import Risk
from catalog.permissions import denial_to_care
from catalog.rules import RuleBook
from catalog.states import AppState
from catalog.terms import next_term, renewal_opens_on, renewed_end, unused_in_a_row
from catalog.usage_facts import verdict_of
from catalog.verdict import Verdict
from portal.models import User
from portal.permissions import Denial


@dataclass(frozen=True)
class RenewalOffer:
    """`denial` is the sentence why this person cannot renew it now; None opens the form. `needs_decision` when the form asks
    reviewers instead of renewing."""

    verdict: Verdict
    was_used: bool | None
    denial: Denial
    opens_on: date | None
    choices: list[tuple[int, str]]
    is_shortened: bool
    needs_reason: bool
    needs_check: bool
    needs_decision: bool


def offer_of(app: MicroApp, user: User, *, now: datetime, book: RuleBook | None = None) -> RenewalOffer:
    book = book or RuleBook.load()
    verdict = verdict_of(app, now=now, book=book)
    was_used = USED[verdict.outcome]
    opens_on = renewal_opens_on(app.expires_on, book.for_app("renewal_opens", app)) if app.expires_on else None
    is_flagged = app.state == AppState.FLAGGED
    return RenewalOffer(
        verdict=verdict,
        was_used=was_used,
        denial=denial_to_care(user, app) or denial_today(app, opens_on, today=app.owner.local_date(now)),
        opens_on=opens_on,
        choices=choices_of(app, was_used, now=now, book=book),
        is_shortened=was_used is False,
        needs_reason=was_used is False or is_flagged,
        needs_decision=needs_decision(app, was_used, book),
        needs_check=not (app.risk == Risk.LOW and was_used and not is_flagged),
    )


def denial_today(app: MicroApp, opens_on: date | None, *, today: date) -> Denial:
    if not app.is_live or opens_on is None:
        return _("Only a live app has a term to renew.")
    if today < opens_on:
        return _("Renewal opens on %(day)s. Nothing is lost by waiting: the new term counts from the old end.") % {
            "day": formats.date_format(opens_on, "j F Y")
        }
    return None


def choices_of(app: MicroApp, was_used: bool | None, *, now: datetime, book: RuleBook) -> list[tuple[int, str]]:
    """Each choice with the days it would really give and the day it would end."""
    if app.expires_on is None:
        return []
    shortest, found = book.for_app("shortest_term", app), []
    in_a_row = unused_in_a_row(app.unused_renewals, was_used) if was_used is False else 0
    for asked in CHOICES:
        given = next_term(asked, in_a_row, shortest)
        end = renewed_end(app.expires_on, given, app.owner.local_date(now), shortest)
        words = ngettext("%(days)d day, until %(day)s", "%(days)d days, until %(day)s", given)
        found.append((asked, words % {"days": given, "day": formats.date_format(end, "j F Y")}))
    return found
