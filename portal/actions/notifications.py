"""Reading notifications. Reading is the reader's own business, so it leaves no audit entry."""

from datetime import datetime

from portal.models import Notification, User


def mark_read(notification: Notification, *, by: User, now: datetime) -> None:
    """Remember when the reader first read it. Somebody else's notification is not touched."""
    Notification.objects.of(by).unread().filter(pk=notification.pk).update(read_at=now)


def mark_all_read(*, by: User, now: datetime) -> int:
    """Everything up to `now`: what arrives while the button is pressed stays new."""
    return Notification.objects.of(by).unread().filter(created_at__lte=now).update(read_at=now)
