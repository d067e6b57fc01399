"""Who is told what about a discovery."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from catalog.models import Discovery
from portal import notifications
from portal.models import User
from portal.notifications import Kind, notify, register

CONTACT = "discovery_contact"

register(
    CONTACT,
    Kind(
        label=_("An app of yours was found outside the catalog"),
        title=_("%(app)s runs outside the catalog"),
        body=_("%(by)s asks you to adopt it: state what is missing, and it gets an owner, a reason and an end date."),
        because=_("You are named as its owner in %(source)s."),
        action=_("Adopt the app"),
        icon="radar",
    ),
)


def ask_owner(discovery: Discovery, *, by: User, now: datetime) -> None:
    """Once for each time it is contacted."""
    assert discovery.owner is not None
    notify(
        discovery.owner,
        CONTACT,
        key=f"{CONTACT}:{discovery.pk}:{now:%Y-%m-%dT%H:%M:%S}",
        url=discovery.get_absolute_url(),
        params={"app": discovery.name, "by": str(by), "source": discovery.source_system},
        asks=True,
        thing=discovery,
        now=now,
    )


def close(discovery: Discovery, *, now: datetime) -> None:
    notifications.close(discovery, kinds=[CONTACT], now=now)
