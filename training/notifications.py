"""What learners are told, through the one digest."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from portal.models import User
from portal.notifications import Kind, close, notify, register
from training.models import Award, Course, Enrolment, Recertification

ASSIGNED, DUE, ENDS, EARNED, CHANGED, SUSPENDED, REVOKED, REINSTATED = (
    "course_assigned", "course_due", "badge_ends", "badge_earned", "badge_changed",
    "badge_suspended", "badge_revoked", "badge_back",
)  # fmt: skip
BECAUSE = _("You hold this badge.")
LOOK = _("Look at the badge")

register(
    ASSIGNED,
    Kind(
        label=_("A course is assigned to you"),
        title=_("To learn: %(course)s"),
        body=_("%(reason)s"),
        because=_("The C4E assigned it to you, to your role or to your unit."),
        action=_("Open the course"),
        icon="book-open",
    ),
)
register(
    DUE,
    Kind(
        label=_("A course assigned to you is due"),
        title=_("Due %(due_on)s: the course %(course)s"),
        because=_("It was assigned to you and is not finished."),
        action=_("Go on with the course"),
        icon="clock-alert",
    ),
)
register(
    ENDS,
    Kind(
        label=_("A badge of yours ends soon"),
        title=_("Ends %(ends_on)s: your badge %(badge)s"),
        body=_("Renew it by the quiz. The new term begins where the old one ends, so renewing early costs nothing."),
        because=BECAUSE,
        action=_("Renew the badge"),
        icon="clock-alert",
    ),
)
register(
    EARNED,
    Kind(
        label=_("You earned or renewed a badge"),
        title=_("Yours: the badge %(badge)s, until %(until)s"),
        body=_("It opens doors here, and you can show it anywhere."),
        because=_("You finished what it asks for."),
        action=LOOK,
        icon="badge-check",
        can_mute=True,
    ),
)
register(
    CHANGED,
    Kind(
        label=_("Something changed that a badge of yours covers"),
        title=_("%(change)s: a short quiz for your badge %(badge)s"),
        body=_("Answer it until %(due_on)s. Without it the badge rests from then; your apps go on."),
        because=BECAUSE,
        action=_("Take the short quiz"),
        icon="refresh-cw",
    ),
)
register(
    SUSPENDED,
    Kind(
        label=_("A badge of yours rests"),
        title=_("Resting: your badge %(badge)s"),
        body=_("%(reason)s Your apps go on; new requests take the longer way."),
        because=BECAUSE,
        action=LOOK,
        icon="circle-pause",
    ),
)
register(
    REVOKED,
    Kind(
        label=_("A badge of yours was withdrawn"),
        title=_("Withdrawn: your badge %(badge)s"),
        body=_("%(reason)s"),
        because=BECAUSE,
        action=LOOK,
        icon="shield-off",
    ),
)
register(
    REINSTATED,
    Kind(
        label=_("A badge of yours counts again"),
        title=_("Back: your badge %(badge)s"),
        because=BECAUSE,
        action=LOOK,
        icon="badge-check",
    ),
)


def tell_assigned(row: Enrolment, user: User, course: Course, *, now: datetime) -> None:
    due = row.due_on.isoformat() if row.due_on else ""
    notify(
        user,
        ASSIGNED,
        key=f"{ASSIGNED}:{row.pk}:{due}",
        url=course.get_absolute_url(),
        params={"course": str(course), "reason": row.reason, "due_on": due},
        asks=True,
        thing=row,
        now=now,
    )


def close_assignment(row: Enrolment, *, now: datetime) -> None:
    close(row, kinds=[ASSIGNED, DUE], now=now)


def tell(award: Award, kind: str, *, key: str, asks: bool = False, now: datetime, url: str = "", **params: str) -> None:
    notify(
        award.user,
        kind,
        key=f"{kind}:{award.pk}:{key}",
        url=url or award.get_absolute_url(),
        params={"badge": award.certification.title, **params},
        asks=asks,
        thing=award,
        now=now,
    )


def tell_changed(row: Recertification, *, now: datetime) -> None:
    due = row.due_at.astimezone(row.award.user.zone).date().isoformat()
    tell(
        row.award,
        CHANGED,
        key=str(row.pk),
        asks=True,
        now=now,
        url=row.get_absolute_url(),
        change=row.title,
        due_on=due,
    )
