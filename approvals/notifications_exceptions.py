"""What the owner of an exception is told: that it ends soon, and that it has ended."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from approvals.models import PolicyException
from portal.notifications import Kind, close, notify, register

ENDS, ENDED = "exception_ends", "exception_ended"

register(
    ENDS,
    Kind(
        label=_("An exception of yours ends soon"),
        title=_("Ends %(ends_on)s: the exception of %(title)s from %(policy)s"),
        body=_("Put right what it covers, or ask for it to be renewed."),
        because=_("You answer for this exception."),
        action=_("Look at the exception"),
        icon="clock-alert",
    ),
)
register(
    ENDED,
    Kind(
        label=_("An exception of yours has ended"),
        title=_("Ended: the exception of %(title)s from %(policy)s"),
        body=_("What it covered is a violation again, unless it is put right."),
        because=_("You answer for this exception."),
        action=_("Look at the exception"),
        icon="shield-alert",
    ),
)


def tell(row: PolicyException, kind: str, *, asks: bool, now: datetime) -> None:
    notify(
        row.owner.steward or row.owner,
        kind,
        key=f"{kind}:{row.pk}",
        url=row.get_absolute_url(),
        params={"title": row.title, "policy": row.policy.title, "ends_on": row.ends_on.isoformat()},
        asks=asks,
        thing=row,
        now=now,
    )


def warn_of_end(row: PolicyException, *, now: datetime) -> None:
    tell(row, ENDS, asks=True, now=now)


def tell_ended(row: PolicyException, *, now: datetime) -> None:
    tell(row, ENDED, asks=False, now=now)


def close_asks(row: PolicyException, *, now: datetime) -> None:
    close(row, kinds=[ENDS], now=now)
