"""An owner leaves: each app is offered to who can answer for it, before the account goes."""

from datetime import date, datetime

from django.db import transaction

from catalog.actions.hand_overs import OFFERABLE, write
from catalog.actions.moves import lock
from catalog.models import HandOver, MicroApp
from catalog.models.hand_over import HandOverState
from catalog.permissions import denial_to_take
from catalog.succession import successor
from portal import audit, departures
from portal.models import User


@transaction.atomic
def declare(user: User, *, leaves_on: date, now: datetime) -> User:
    """A person says themselves when they leave; every package then does what it must before the account goes."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    changes = audit.changes_between({"leaves_on": user.leaves_on}, {"leaves_on": leaves_on})
    if changes:
        user.leaves_on = leaves_on
        user.save(update_fields=["leaves_on"])
        audit.record("portal.person_changed", user, by=user, now=now, changes=changes)
        departures.leaving(user, on=leaves_on, by=user, now=now)
    return user


@transaction.atomic
def hand_over_all(user: User, *, on: date, by: User, now: datetime) -> list[HandOver]:
    """Offer the leaver's apps to the second owner, else to the manager; what is offered already stays as it is."""
    opened = []
    for app in MicroApp.objects.filter(owner=user, state__in=OFFERABLE).order_by("pk"):
        app = lock(app)
        app.owner.leaves_on = on
        taker = successor(app)
        is_offered = app.hand_overs.filter(state=HandOverState.OPEN).exists()
        if taker is not None and not is_offered and denial_to_take(taker, app) is None:
            opened.append(write(app, taker=taker, by=by, now=now, reason="", kind="hand_over_needed"))
    return opened
