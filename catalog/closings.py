"""Closing what was asked about apps, for one and for many alike: one statement each, whatever the number."""

from collections.abc import Iterable
from datetime import datetime

from catalog.models import Flag, MicroApp
from portal.models import User
from portal.notifications import close_many

TERM_ASKS = ("term_ends", "term_over", "app_reminder")
FLAG_ASKS = ("app_flagged", "flag_escalated")
HAND_OVER_ASKS = ("hand_over_offered", "hand_over_needed")


def close_asks(app_ids: Iterable[int], *, kinds: Iterable[str], now: datetime) -> int:
    """The question was answered or is void: nobody is asked again about these apps. Returns how many were closed."""
    return close_many(MicroApp, app_ids, kinds=kinds, now=now)


def close_flags(app_ids: Iterable[int], answer: str, *, by: User | None, now: datetime, reason: str = "") -> int:
    """Write the answer on the open flags of these apps, and close what was asked. Returns how many flags were open."""
    ids = list(app_ids)
    close_asks(ids, kinds=FLAG_ASKS, now=now)
    return Flag.objects.filter(app__in=ids, answered_at=None).update(
        answer=answer, reason=reason[:300], answered_at=now, answered_by=by
    )
