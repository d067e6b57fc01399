"""What owners are told about violations of what they own."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from approvals.models import Violation
from portal.models import Notification
from portal.notifications import Kind, about, close_many, notify_many, register

OPENED, DUE, LATE = "violation_opened", "violation_due", "violation_late"
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


register(
    DUE,
    Kind(
        label=_("A violation is to be put right soon"),
        title=_("By %(due_on)s: %(title)s and the policy %(policy)s"),
        body=_("%(reason)s Put it right, or ask for an exception."),
        because=_("You are its owner or second owner."),
        action=_("See what to do"),
        icon="clock-alert",
    ),
)
register(
    LATE,
    Kind(
        label=_("A violation was not put right in time"),
        title=_("Late since %(due_on)s: %(title)s violates %(policy)s"),
        body=_("%(reason)s Put it right, or ask for an exception."),
        because=_("You are its owner or second owner, or the manager of its owner."),
        action=_("See what to do"),
        icon="shield-alert",
    ),
)


def tell_opened(rows: Sequence[Violation], *, now: datetime) -> None:
    """Both owners, once each time it opens; in the digest it stands until it is closed."""
    tell(rows, OPENED, now=now)


def remind(rows: Sequence[Violation], *, now: datetime) -> None:
    """Both owners, once for each due moment; once that has passed the owner's manager too."""
    tell([row for row in rows if not row.is_late(now)], DUE, now=now)
    tell([row for row in rows if row.is_late(now)], LATE, now=now, with_manager=True)


def tell(rows: Sequence[Violation], kind: str, *, now: datetime, with_manager: bool = False) -> None:
    found = Violation.objects.filter(pk__in=[row.pk for row in rows]).select_related(
        "owner__manager", "second_owner", "policy"
    )
    notify_many(
        Notification(
            user=person,
            kind=kind,
            key=f"{kind}:{row.pk}:{row.due_at.date().isoformat()}",
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
        for person in (row.owner, row.second_owner, row.owner.manager if with_manager else None)
        if person is not None
    )


def close_asks(rows: Sequence[Violation], *, now: datetime) -> None:
    close_many(Violation, [row.pk for row in rows], kinds=[OPENED, DUE, LATE], now=now)
