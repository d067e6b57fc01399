"""Beginning a course, going through its lessons, and finishing it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition
from training import notifications
from training.actions import awards
from training.models import Course, Enrolment, Lesson, LessonDone
from training.permissions import denial_to_act_in, denial_to_learn, denial_to_teach
from training.progress import missing_courses, progress_of
from training.states import EnrolmentSource


def lock(enrolment: Enrolment) -> Enrolment:
    return (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("user", "course", "version")
        .get(pk=enrolment.pk)
    )


@transaction.atomic
def enrol(course: Course, *, by: User, now: datetime) -> Enrolment:
    """Begin a course. Whoever has begun it already goes on with that; whoever finished it begins anew to renew a badge."""
    allow(denial_to_learn(by))
    standing = course.enrolments.unfinished().filter(user=by).first()
    if standing is not None:
        return standing
    if not course.is_open or course.current is None:
        raise InvalidTransition(_("This course takes no new learners. Look at the other courses."))
    if missing := missing_courses(by, course.current):
        titles = ", ".join(str(one) for one in missing)
        raise InvalidTransition(_("Finish %(courses)s first.") % {"courses": titles})
    again = course.enrolments.filter(user=by).exists()
    return open_enrolment(course, by, source=EnrolmentSource.RENEWAL if again else EnrolmentSource.SELF, by=by, now=now)


def open_enrolment(
    course: Course,
    user: User,
    *,
    source: EnrolmentSource,
    by: User | None,
    now: datetime,
    due_on: date | None = None,
    reason: str = "",
) -> Enrolment:
    """Two clicks at once make one enrolment. What was read before and reads the same is done already when
    renewing, if there is a quiz to show that it is still known."""
    fields = {"version": course.current, "source": source, "due_on": due_on, "reason": reason, "enrolled_at": now}
    try:
        with transaction.atomic():
            made = Enrolment.objects.create(user=user, course=course, assigned_by=by if by != user else None, **fields)
    except IntegrityError:
        return Enrolment.objects.unfinished().get(user=user, course=course)
    if source == EnrolmentSource.RENEWAL and made.version.quiz:
        before = LessonDone.objects.filter(enrolment__user=user, enrolment__course=course)
        done = before.order_by().values_list("slug", "digest").distinct()
        LessonDone.objects.bulk_create(
            LessonDone(enrolment=made, slug=slug, digest=digest, at=now) for slug, digest in done
        )
    facts = {"course": course.slug, "source": str(source), "due_on": due_on.isoformat() if due_on else None}
    audit.record("training.enrolled", made, by=by, now=now, reason=reason, facts=facts)
    return made


@transaction.atomic
def assign(
    course: Course, people: Iterable[User], *, due_on: date | None, reason: str, by: User | None, now: datetime,
    source: EnrolmentSource = EnrolmentSource.ASSIGNED,
) -> list[Enrolment]:  # fmt: skip
    """Enrol these people, who are told. Whoever is in it already gets the earlier day; whoever holds it is left alone."""
    if by is not None:
        allow(denial_to_teach(by))
    if course.current is None:
        raise InvalidTransition(_("Publish the course before you assign it."))
    people = [user for user in people if user.is_active and not user.is_service]
    standing = {row.user_id: row for row in course.enrolments.unfinished().filter(user__in=people)}
    made = []
    for user in people:
        row = standing.get(user.pk)
        if row is None:
            row = open_enrolment(course, user, source=source, by=by, now=now, due_on=due_on, reason=reason)
        elif due_on is not None and (row.due_on is None or due_on < row.due_on):
            row.due_on = due_on
            row.save(update_fields=["due_on"])
        else:
            continue
        notifications.tell_assigned(row, user, course, now=now)
        made.append(row)
    return made


@transaction.atomic
def open_lesson(enrolment: Enrolment, lesson: Lesson, *, now: datetime) -> None:
    """Where the learner is, to resume there."""
    Enrolment.objects.unfinished().filter(pk=enrolment.pk).exclude(last_lesson=lesson.slug).update(
        last_lesson=lesson.slug, last_active_at=now
    )


@transaction.atomic
def mark_done(enrolment: Enrolment, lesson: Lesson, *, by: User, now: datetime) -> Enrolment:
    """The learner says so; saying it twice says it once."""
    enrolment = lock(enrolment)
    allow(denial_to_act_in(by, enrolment))
    if lesson.version_id != enrolment.version_id:
        raise InvalidTransition(_("The course has changed since. Open the lesson again."))
    LessonDone.objects.get_or_create(enrolment=enrolment, slug=lesson.slug, digest=lesson.digest, defaults={"at": now})
    enrolment.last_lesson, enrolment.last_active_at = lesson.slug, now
    enrolment.save(update_fields=["last_lesson", "last_active_at"])
    complete_if_done(enrolment, now=now)
    return enrolment


def complete_if_done(enrolment: Enrolment, *, now: datetime) -> bool:
    """On a locked enrolment: finish it when every part is done, and give what that earns."""
    if enrolment.completed_at is not None or not progress_of(enrolment).is_complete:
        return False
    enrolment.completed_at = now
    enrolment.save(update_fields=["completed_at"])
    audit.record(
        "training.course_completed", enrolment, by=enrolment.user, now=now, facts={"course": enrolment.course.slug}
    )
    notifications.close_assignment(enrolment, now=now)
    awards.grant_due(enrolment.user, now=now)
    return True


audit.register(
    training__enrolled=audit.Verb(gettext_lazy("Enrolled in a course"), "book-open", "info"),
    training__course_completed=audit.Verb(gettext_lazy("Course completed"), "circle-check", "ok"),
)
