"""What an app may cost a month: stated by its owner, and decided by a reviewer above the limit of the rules."""

from datetime import datetime

from django.db import transaction

from catalog.actions.moves import lock
from catalog.actions.proposals import propose, refuse_unless_possible
from catalog.models import MicroApp, Proposal
from catalog.models.proposal import ProposalKind
from catalog.permissions import denial_to_care
from catalog.rules import RuleBook
from catalog.states import AppState
from portal import audit
from portal.models import User
from portal.permissions import allow


@transaction.atomic
def state(app: MicroApp, *, amount: int, reason: str, by: User, now: datetime) -> Proposal | None:
    """Set the budget at once, or ask for it when it is above the limit and more than today: then the proposal is given.

    A draft states any amount: the decision on the app weighs it."""
    limit = RuleBook.load().for_app("budget_free", app)
    if app.state != AppState.DRAFT and amount > max(limit, app.monthly_budget or 0):
        return propose(app, kind=ProposalKind.SPEND, values={"amount": amount}, reason=reason, by=by, now=now)
    app = lock(app)
    allow(denial_to_care(by, app))
    refuse_unless_possible(app, ProposalKind.SPEND)
    write(app, amount, reason=reason, by=by, now=now)
    return None


def write(app: MicroApp, amount: int, *, reason: str, by: User, now: datetime) -> None:
    """The new budget, on a locked app."""
    before, app.monthly_budget, app.updated_at = app.monthly_budget, amount, now
    app.save(update_fields=["monthly_budget", "updated_at"])
    changes = {"monthly_budget": [before, amount]}
    audit.record("catalog.budget_set", app, by=by, now=now, reason=reason, changes=changes)
