"""What the C4E tells everybody, and who has read it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from portal import audit
from portal.models import User
from portal.permissions import allow
from training import notifications_people as notifications
from training.models import Acknowledgement, Announcement
from training.permissions import denial_to_learn, denial_to_teach


@transaction.atomic
def publish(*, title: str, body: str, asks: bool, ends_on: date | None, by: User, now: datetime) -> Announcement:
    """Everybody is told in their digest; with `asks` it stays open until they confirm."""
    allow(denial_to_teach(by))
    row = Announcement.objects.create(title=title, body=body, asks=asks, ends_on=ends_on, made_by=by, made_at=now)
    notifications.announce(row, now=now)
    audit.record("training.announced", row, by=by, now=now)
    return row


@transaction.atomic
def acknowledge(row: Announcement, *, by: User, now: datetime) -> None:
    """Saying it twice says it once."""
    allow(denial_to_learn(by))
    Acknowledgement.objects.get_or_create(announcement=row, user=by, defaults={"at": now})
    notifications.close_announcement(row, by, now=now)


audit.register(training__announced=audit.Verb(gettext_lazy("Announced to everybody"), "bell", "info"))
