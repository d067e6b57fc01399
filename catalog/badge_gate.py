"""Connectors that ask for a badge: read from the database when an app asks for one, and kept with what was read."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from catalog.models import Connector, MicroApp
from portal.audit import kind_of
from portal.models import User
from portal.states import InvalidTransition
from training import gates
from training.models import Certification


class BadgeNeeded(InvalidTransition):
    """The door stays shut; the sentence says which badge opens it."""


def badge_of(level: int) -> Certification | None:
    """The badge to earn for that level: the lowest that reaches it."""
    return Certification.objects.filter(is_open=True, level__gte=level).order_by("level", "title").first()


def badge_missing(app: MicroApp, *, now: datetime) -> Certification | None:
    """The badge that the owner of a draft needs for its connectors and does not hold; None when nothing is missing."""
    levels = Connector.objects.filter(uses__app=app, badge_level__gt=0).values_list("badge_level", flat=True)
    most = max(levels, default=0)
    return badge_of(most) if most and not gates.open_to(app.owner, most, now=now) else None


def refuse_unless_badged(app: MicroApp, connectors: Iterable[Connector], *, owner: User, now: datetime) -> None:
    """Raise BadgeNeeded unless the owner's badge reaches what every one of these connectors asks for."""
    asking = [one for one in connectors if one.badge_level]
    if not asking:
        return
    most = max(asking, key=lambda one: one.badge_level)
    if gates.open_to(owner, most.badge_level, now=now):
        gates.record(
            owner, purpose="connector", level=most.badge_level, about_kind=kind_of(app), about_id=app.pk, now=now
        )
        return
    badge = badge_of(most.badge_level)
    said = {
        "connector": most.name,
        "level": most.get_badge_level_display(),
        "owner": owner.name,
        "page": badge.get_absolute_url() if badge else "",
    }
    if badge is None:
        raise BadgeNeeded(
            _("The connector %(connector)s asks for a badge of the level %(level)s, which nobody can earn yet.") % said
        )
    raise BadgeNeeded(
        _(
            "The connector %(connector)s asks for the level %(level)s, and %(owner)s does not hold it. "
            "Earn the badge at %(page)s, or choose another connector."
        )
        % said
    )
