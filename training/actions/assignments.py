"""A course assigned to a role, a unit or everybody; whoever comes later is reached by the nightly task."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from portal import audit
from portal.models import BusinessUnit, User
from portal.models.user import Role
from portal.permissions import allow
from training.actions import enrolments
from training.models import Assignment, Course, Enrolment
from training.permissions import denial_to_teach


@transaction.atomic
def assign(
    course: Course, *, role: str, unit: BusinessUnit | None, days: int, reason: str, by: User, now: datetime
) -> tuple[Assignment, int]:
    """Returns the assignment and how many people it reached now."""
    allow(denial_to_teach(by))
    row = Assignment.objects.create(
        course=course, role=role, business_unit=unit, days=days, reason=reason, made_by=by, made_at=now
    )
    reached = reach(row, now=now)
    facts = {"course": course.slug, "whom": row.whom, "people": reached}
    audit.record("training.course_assigned", course, by=by, now=now, reason=reason, facts=facts)
    return row, reached


def people_of(row: Assignment) -> Iterable[User]:
    """Whom it means, without those who have the course behind them or are in it."""
    people = User.objects.people()
    if row.role:
        people = people.in_role(Role(row.role))
    if row.business_unit is not None:
        people = people.in_unit(row.business_unit)
    return people.exclude(pk__in=Enrolment.objects.filter(course=row.course).values("user")).distinct()


def reach(row: Assignment, *, now: datetime) -> int:
    people = list(people_of(row))
    for user in people:  # each has a day of their own, in their time zone
        due = user.local_date(now) + timedelta(days=row.days)
        enrolments.assign(row.course, [user], due_on=due, reason=row.reason, by=None, now=now)
    return len(people)


def reach_newcomers(*, now: datetime) -> int:
    """Every assignment that stands, for those who came since."""
    standing = Assignment.objects.filter(ended_at=None, course__is_open=True, course__current__isnull=False)
    return sum(reach(row, now=now) for row in standing.select_related("course__current", "business_unit"))


@transaction.atomic
def end(row: Assignment, *, by: User, now: datetime) -> None:
    """Nobody new is enrolled; those who are stay."""
    allow(denial_to_teach(by))
    if Assignment.objects.filter(pk=row.pk, ended_at=None).update(ended_at=now):
        audit.record("training.assignment_ended", row.course, by=by, now=now, facts={"whom": row.whom})


audit.register(
    training__course_assigned=audit.Verb(gettext_lazy("Course assigned"), "target", "info"),
    training__assignment_ended=audit.Verb(gettext_lazy("Assignment of the course ended"), "x"),
)
