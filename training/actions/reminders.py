"""Reminders, set-based: each step once, however often the task runs and however many days it missed."""

from datetime import datetime, timedelta

from portal.models import Notification
from portal.notifications import about, notify_many
from training import notifications
from training.models import Award, Enrolment
from training.states import AwardState

BEFORE_END = (60, 30, 7, 1)  # days before a badge ends
BEFORE_DUE = (7, 1, -1)  # days before an assigned course is due; -1 is the day after


def step(left: int, steps: tuple[int, ...]) -> int | None:
    """The nearest step that has been reached; None before the first."""
    reached = [one for one in steps if left <= one]
    return min(reached) if reached else None


def remind_ends(*, now: datetime) -> int:
    """Holders whose badge ends soon, unless a later term has begun. Returns how many are due a reminder."""
    soon = now + timedelta(days=max(BEFORE_END) + 1)
    rows = Award.objects.filter(state=AwardState.HELD, valid_until__gt=now, valid_until__lte=soon).with_names()
    made = []
    for award in rows.iterator(chunk_size=2_000):
        left = (award.last_day() - award.user.local_date(now)).days
        if award.may_renew(now) and (reached := step(left, BEFORE_END)) is not None:
            made.append(
                Notification(
                    user=award.user,
                    kind=notifications.ENDS,
                    key=f"{notifications.ENDS}:{award.pk}:{award.valid_until.date()}:{reached}",
                    url=award.get_absolute_url(),
                    params={"badge": award.certification.title, "ends_on": award.last_day().isoformat()},
                    asks=True,
                    created_at=now,
                    **about(award),
                )
            )
    notify_many(made)
    return len(made)


def remind_due(*, now: datetime) -> int:
    """Learners whose assigned course is due soon, or was due yesterday."""
    soon = (now + timedelta(days=max(BEFORE_DUE) + 1)).date()
    open_now = Enrolment.objects.unfinished().filter(due_on__isnull=False, due_on__lte=soon, user__is_active=True)
    made = []
    for row in open_now.select_related("user", "course__current").iterator(chunk_size=2_000):
        left = (row.due_on - row.user.local_date(now)).days  # type: ignore[operator]
        if (reached := step(left, BEFORE_DUE)) is not None:
            made.append(
                Notification(
                    user=row.user,
                    kind=notifications.DUE,
                    key=f"{notifications.DUE}:{row.pk}:{row.due_on}:{reached}",
                    url=row.get_absolute_url(),
                    params={"course": str(row.course), "due_on": row.due_on.isoformat() if row.due_on else ""},
                    asks=True,
                    created_at=now,
                    **about(row),
                )
            )
    notify_many(made)
    return len(made)
