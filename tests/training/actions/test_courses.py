"""Courses: drafts, versions that never change, learners who finish what they began."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.models import AuditEvent
from portal.states import InvalidTransition
from tests.makers.training import course_files, finish, make_award, make_certification, make_course, read_all
from training.actions import courses, enrolments
from training.courses.source import BadCourse
from training.models import Course, CourseVersion, Enrolment, Recertification
from training.progress import progress_of

NOW = timezone.now()
pytestmark = pytest.mark.django_db


NEW_LESSON = b"---\ntitle: First\nminutes: 5\n---\n\nOther words.\n"


def test_what_is_exported_is_what_was_imported_byte_for_byte(staff):
    files = course_files() | {"lessons/pictures/raw.png": bytes(range(256))}
    draft = courses.save_draft("basics", files, by=staff, now=NOW)
    published = courses.publish(draft, is_material=False, note="", by=staff, now=NOW)
    assert courses.files_of(published) == files
    assert courses.save_draft("basics", files, by=staff, now=NOW) == published  # the same files make no draft
    assert CourseVersion.objects.count() == 1


def test_a_draft_is_written_again_until_it_is_published_and_nobody_sees_it(staff, owner):
    make_course()
    first = courses.save_draft("basics", course_files("Second"), by=staff, now=NOW)
    again = courses.save_draft("basics", course_files("Third"), by=staff, now=NOW)
    course = Course.objects.get()
    assert (first.pk, again.number, str(course)) == (again.pk, 2, "Basics")
    courses.publish(again, is_material=False, note="Better.", by=staff, now=NOW)
    assert str(Course.objects.get()) == "Third"
    with pytest.raises(InvalidTransition, match="published already"):
        courses.publish(again, is_material=False, note="", by=staff, now=NOW)
    with pytest.raises(InvalidTransition, match="published and stays"):
        courses.discard(again, by=staff, now=NOW)
    assert {"training.course_drafted", "training.course_published"} <= set(
        AuditEvent.objects.values_list("verb", flat=True)
    )


def test_a_learner_finishes_on_the_version_begun_unless_the_change_is_material(staff, owner):
    row = read_all(enrolments.enrol(make_course(), by=owner, now=NOW), now=NOW)
    draft = courses.save_draft("basics", course_files() | {"lessons/01-first.md": NEW_LESSON}, by=staff, now=NOW)
    courses.publish(draft, is_material=False, note="", by=staff, now=NOW)
    row.refresh_from_db()
    assert row.version.number == 1
    draft = courses.save_draft("basics", course_files("Other") | {"lessons/01-first.md": NEW_LESSON}, by=staff, now=NOW)
    courses.publish(draft, is_material=True, note="", by=staff, now=NOW)
    row = Enrolment.objects.select_related("version").get()
    assert row.version.number == 3
    assert progress_of(row).done == {"02-second"}  # what reads the same stays done


def test_a_material_change_asks_holders_the_questions_that_are_new(staff, owner):
    course = make_course()
    make_certification(course)
    finish(course, owner)
    questions = course_files()["questions.yaml"].replace(b"Is it so?", b"Is it really so?")
    draft = courses.save_draft("basics", course_files() | {"questions.yaml": questions}, by=staff, now=NOW)
    version = courses.publish(draft, is_material=True, note="", by=staff, now=NOW)
    row = Recertification.objects.get()
    assert row.award.user == owner
    assert row.questions == [version.questions.get(key="truth").pk]
    assert timedelta(days=29) < row.due_at - NOW < timedelta(days=32)


def test_a_closed_course_takes_nobody_new_and_lets_those_in_it_finish(staff, owner, outsider):
    course = make_course()
    row = enrolments.enrol(course, by=owner, now=NOW)
    course = courses.set_open(course, False, by=staff, now=NOW)
    with pytest.raises(InvalidTransition, match="no new learners"):
        enrolments.enrol(course, by=outsider, now=NOW)
    assert enrolments.enrol(course, by=owner, now=NOW) == row


def test_a_course_that_was_never_published_goes_with_its_draft(staff):
    draft = courses.save_draft("basics", course_files(), by=staff, now=NOW)
    courses.discard(draft, by=staff, now=NOW)
    assert not Course.objects.exists()


def test_files_that_make_no_course_change_nothing(staff):
    with pytest.raises(BadCourse):
        courses.save_draft("basics", {"course.md": b"x"}, by=staff, now=NOW)
    assert not Course.objects.exists()


def test_only_staff_keep_courses(owner):
    for act in (
        lambda: courses.save_draft("basics", course_files(), by=owner, now=NOW),
        lambda: courses.set_open(make_course("other"), False, by=owner, now=NOW),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert make_award(owner).certification.title == "Basics"
