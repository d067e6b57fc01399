"""What hangs on a person in the catalog, and what is done about it when they leave. Registered with `portal.departures`."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from catalog.actions.departures import hand_over_all
from catalog.models import MicroApp
from portal.departures import Departure, register
from portal.models import User

MOST_LISTED = 20


def blockers(user: User) -> list[str]:
    """Every app that would be left without an owner or a second owner, as a sentence each."""
    kept = MicroApp.objects.kept_by(user).order_by("name")
    sentences = []
    for app in kept[:MOST_LISTED]:
        words = {"person": user, "app": app.name}
        sentences.append(
            _("%(person)s owns %(app)s. Hand it over or retire it first.") % words
            if app.owner_id == user.pk
            else _("%(person)s is the second owner of %(app)s. Name another one first.") % words
        )
    return sentences


def leaving(user: User, *, on: date, by: User, now: datetime) -> None:
    hand_over_all(user, on=on, by=by, now=now)


register(Departure("catalog", blockers=blockers, leaving=leaving))
