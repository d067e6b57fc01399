"""What owners are told about violations of what they own."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from approvals.models import Violation
from portal.models import Notification
from portal.notifications import Kind, about, close_many, notify_many, register

OPENED = "violation_opened"
register(
    OPENED,
    Kind(
        label=_("An app of yours violates a policy"),
        title=_("%(title)s violates a policy: %(policy)s"),
        body=_("%(reason)s Put it right by %(due_on)s."),
        because=_("You are its owner or second owner."),
        action=_("See what to do"),
        icon="shield-alert",
    ),
)


def tell_opened(rows: Sequence[Violation], *, now: datetime) -> None:
    """Both owners, once for each violation; in the digest it stands until it is closed."""
    found = Violation.objects.filter(pk__in=[row.pk for row in rows]).select_related("owner", "second_owner", "policy")
    notify_many(
        Notification(
            user=person,
            kind=OPENED,
            key=f"{OPENED}:{row.pk}",
            url=row.get_absolute_url(),
            params={
                "title": row.title,
                "policy": row.policy.title,
                "reason": row.reasons[0] if row.reasons else "",
                "due_on": row.due_at.date().isoformat(),
            },
            asks=True,
            created_at=now,
            **about(row),
        )
        for row in found
        for person in (row.owner, row.second_owner)
        if person is not None
    )


def close_asks(rows: Sequence[Violation], *, now: datetime) -> None:
    close_many(Violation, [row.pk for row in rows], kinds=[OPENED], now=now)
