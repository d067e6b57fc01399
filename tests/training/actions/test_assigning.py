"""Courses assigned to many, by a violation, and the reminders of what is due."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from approvals.actions import starters
from approvals.models import Policy
from portal.models import Notification
from portal.models.user import Role
from tests.makers.catalog import make_app
from tests.makers.portal import make_person, make_unit
from tests.makers.training import make_course, read_all, take_quiz
from tests.world import make_violation
from training.actions import assignments, enrolments, reminders
from training.models import Enrolment

NOW = timezone.now()
pytestmark = pytest.mark.django_db


def test_a_course_reaches_a_role_or_a_unit_and_those_who_come_later(staff, owner):
    unit = make_unit("Stores")
    inside = make_person("In Side", business_unit=unit)
    course = make_course()
    row, reached = assignments.assign(course, role="", unit=unit, days=30, reason="All.", by=staff, now=NOW)
    assert reached == 1 and Enrolment.objects.get().user == inside
    later = make_person("La Ter", business_unit=unit)
    assert assignments.reach_newcomers(now=NOW) == 1
    assert assignments.reach_newcomers(now=NOW) == 0
    assert Enrolment.objects.get(user=later).due_on == later.local_date(NOW) + timedelta(days=30)
    assignments.end(row, by=staff, now=NOW)
    make_person("Too Late", business_unit=unit)
    assert assignments.reach_newcomers(now=NOW) == 0
    _row, reached = assignments.assign(course, role=Role.STAFF, unit=None, days=9, reason="Staff.", by=staff, now=NOW)
    assert reached == 1
    with pytest.raises(PermissionDenied):
        assignments.assign(course, role="", unit=None, days=9, reason="Me.", by=owner, now=NOW)


def test_who_is_in_it_already_gets_the_earlier_day_and_finished_ones_are_left_alone(staff, owner, outsider):
    course = make_course()
    row = enrolments.enrol(course, by=owner, now=NOW)
    day = owner.local_date(NOW)
    for due, expected in ((20, 20), (30, 20), (10, 10)):
        enrolments.assign(course, [owner], due_on=day + timedelta(days=due), reason="r", by=staff, now=NOW)
        row.refresh_from_db()
        assert row.due_on == day + timedelta(days=expected)
    done = read_all(enrolments.enrol(course, by=outsider, now=NOW), now=NOW)
    take_quiz(done, now=NOW)
    _row, reached = assignments.assign(course, role="", unit=None, days=5, reason="All.", by=staff, now=NOW)
    assert not Enrolment.objects.unfinished().filter(user=outsider).exists()


def test_reminders_of_what_is_due_come_once_for_each_step_and_end_with_the_course(staff, owner):
    course = make_course(questions="")
    due = owner.local_date(NOW) + timedelta(days=7)
    (row,) = enrolments.assign(course, [owner], due_on=due, reason="r", by=staff, now=NOW)
    for day, sent in ((0, 1), (1, 1), (6, 2), (6, 2), (7, 2), (8, 3), (20, 3)):
        reminders.remind_due(now=NOW + timedelta(days=day))
        assert Notification.objects.filter(user=owner, kind="course_due").count() == sent, day
    read_all(row, now=NOW)
    assert not Notification.objects.filter(user=owner, kind="course_due", closed_at=None).exists()


def test_a_violation_assigns_the_course_that_teaches_its_policy(owner, second_owner):
    course = make_course(policies="[external-hosts]")
    make_course("other", level=2, policies="[external-hosts]")
    app = make_app(owner=owner, second_owner=second_owner)
    starters.load(now=NOW)
    make_violation(Policy.objects.select_related("active").get(slug="external-hosts"), app, NOW)
    row = Enrolment.objects.get()
    assert (row.user, row.course, row.source) == (owner, course, "violation")
    assert "Shift swap" in row.reason and row.due_on == owner.local_date(NOW) + timedelta(days=14)


def test_who_has_just_finished_the_course_is_not_sent_back_to_it(owner, second_owner):
    course = make_course(policies="[external-hosts]", questions="")
    read_all(enrolments.enrol(course, by=owner, now=NOW), now=NOW)
    app = make_app(owner=owner, second_owner=second_owner)
    starters.load(now=NOW)
    make_violation(Policy.objects.select_related("active").get(slug="external-hosts"), app, NOW)
    assert not Enrolment.objects.unfinished().exists()
