"""Who is told of an incident."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Incident
from portal.models import Notification, User
from portal.models.user import Role
from portal.notifications import Kind, about, notify_many, register

REPORTED, RESOLVED = "incident_reported", "incident_resolved"


def tell_reported(incident: Incident, *, now: datetime) -> None:
    """Owners of the apps it touches, and C4E staff; not whoever reported it."""
    owners = incident.apps.values_list("owner", "second_owner")
    asked = {person for pair in owners for person in pair}
    people = User.objects.people().filter(Q(pk__in=asked) | Q(groups__name=Role.STAFF)).distinct()
    tell(REPORTED, incident, people.exclude(pk=incident.reported_by_id), now)


def tell_resolved(incident: Incident, *, now: datetime) -> None:
    tell(RESOLVED, incident, [incident.reported_by], now)


def tell(kind: str, incident: Incident, people: "object", now: datetime) -> None:
    params = {"title": incident.title, "severity": str(incident.get_severity_display())}
    notify_many(
        Notification(
            user=person, kind=kind, key=f"{kind}:{incident.pk}:{now:%Y%m%d%H%M%S}", url=incident.get_absolute_url(),
            params=params, created_at=now, **about(incident),
        )
        for person in people  # type: ignore[attr-defined]
    )  # fmt: skip


register(
    REPORTED,
    Kind(
        label=_("An incident touches your app"),
        title=_("Incident: %(title)s"),
        body=_("Severity: %(severity)s. Write what you know, and say when it is put right."),
        because=_("You own an app it touches, or you are C4E staff."),
        action=_("Look at the incident"),
        icon="octagon-alert",
    ),
)
register(
    RESOLVED,
    Kind(
        label=_("An incident you reported is resolved"),
        title=_("Resolved: %(title)s"),
        because=_("You reported it."),
        action=_("See how"),
        icon="circle-check",
        can_mute=True,
    ),
)
