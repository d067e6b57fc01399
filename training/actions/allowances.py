"""More time for one person, for good."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from portal import audit
from portal.models import User
from portal.permissions import allow
from training.models import TimeAllowance
from training.permissions import denial_to_teach


@transaction.atomic
def grant(user: User, *, percent: int | None, reason: str, by: User, now: datetime) -> TimeAllowance:
    """`percent` of every time limit, above 100; None takes limits away. The reason stays out of the audit log: it may be
    about somebody's health."""
    allow(denial_to_teach(by))
    row, _made = TimeAllowance.objects.update_or_create(
        user=user, defaults={"percent": percent, "reason": reason, "granted_by": by, "granted_at": now}
    )
    audit.record("training.time_granted", user, by=by, now=now)
    return row


@transaction.atomic
def take(row: TimeAllowance, *, by: User, now: datetime) -> None:
    allow(denial_to_teach(by))
    audit.record("training.time_taken", row.user, by=by, now=now)
    row.delete()


audit.register(
    training__time_granted=audit.Verb(gettext_lazy("More time in quizzes given"), "timer", "info"),
    training__time_taken=audit.Verb(gettext_lazy("More time in quizzes ended"), "timer"),
)
