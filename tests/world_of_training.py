"""One of everything of training, for `tests.world`."""

from datetime import datetime, timedelta
from typing import Any

from portal.models import User
from tests.makers.training import EXERCISE, course_files, make_award, make_certification, make_course
from training import calendar_feed
from training.actions import allowances, announcements, assignments, attempts, courses, enrolments, office_hours
from training.models import PublicKey, Recertification

Arguments = dict[str, Any]


def learn(
    owner: User, staff: User, now: datetime, values: dict[str, Arguments], things: list[tuple[str, Arguments]]
) -> None:
    """A course that the owner has begun with a draft of its next version, a badge of theirs, an office hour, news."""
    award = make_award(owner, slug="first")
    course = make_course(exercise=EXERCISE)
    make_certification(course, level=2, title="Builder")
    enrolment = enrolments.enrol(course, by=owner, now=now)
    attempt = attempts.start(enrolment, by=owner, now=now)
    courses.save_draft(course.slug, course_files("Basics, again", exercise=EXERCISE), by=staff, now=now)
    row = Recertification.objects.create(
        award=award, cause_kind="policy", cause_key="external-hosts", cause_number=2, title="External hosts changed",
        questions=list(course.current.questions.values_list("pk", flat=True)[:2]), due_at=now + timedelta(days=7),
    )  # fmt: skip
    assignment, _reached = assignments.assign(
        course, role="board", unit=None, days=30, reason="All of the board.", by=staff, now=now
    )
    allowance = allowances.grant(owner, percent=150, reason="", by=staff, now=now)
    start = now + timedelta(days=3)
    terms = office_hours.Terms("Bring your app", "Room 2", start, start + timedelta(minutes=45), 2)
    (hour,) = office_hours.offer(terms, by=staff, now=now)
    office_hours.book(hour, question="How?", by=owner, now=now)
    news = announcements.publish(title="News", body="**Read** it.", asks=True, ends_on=None, by=staff, now=now)
    key = PublicKey.objects.get()
    path = {"slug": course.slug, "path": "course.md"}
    values |= {
        "training:course_file": {"slug": course.slug, "number": 1, "path": "lessons/pictures/square.svg"},
        "training:course_export": {"slug": course.slug, "number": 1},
        "training:course_file_edit": path,
        "training:course_file_removal_create": path,
        "training:achievement_detail": {"slug": "first", "number": 1},
        "training:picture_detail": {"slug": "first"},
        "training:key_detail": {"name": key.name},
        "training:credential_download": {"number": award.public_id, "form": "png"},
        "training:calendar_feed": {"token": calendar_feed.token_for(owner)},
        "training:recertification_detail": {"pk": row.pk},
        "training:recertification_attempt_create": {"pk": row.pk},
        "training:another_attempt_create": {"pk": enrolment.pk},
        "training:assignment_end_create": {"pk": assignment.pk},
        "training:allowance_removal_create": {"pk": allowance.pk},
        "training:announcement_detail": {"pk": news.pk},
        "training:acknowledgement_create": {"pk": news.pk},
        **{f"training:{page}": {"pk": attempt.pk} for page in ("attempt_detail", "answer_create", "submission_create")},
    }
    things += [
        ("training:", {"slug": course.slug, "lesson": "01-first"}),
        ("training:", {"slug": course.slug}),
        ("training:", {"number": award.public_id}),
        ("training:", {"pk": hour.pk}),
    ]
