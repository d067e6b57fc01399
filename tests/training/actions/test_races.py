"""Two tabs, two people, two tasks at once, on real connections."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.makers.portal import make_person
from tests.makers.training import answers_of, make_certification, make_course, read_all
from tests.racing import race
from training.actions import attempts, enrolments, office_hours
from training.actions.office_hours import Terms
from training.models import Attempt, Award, Credential, Enrolment

NOW = timezone.now()
pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_on_begin_make_one_enrolment_and_one_attempt(owner):
    course = make_course()
    rows = race(*[lambda: enrolments.enrol(course, by=owner, now=NOW)] * 4)
    assert len({row.pk for row in rows}) == Enrolment.objects.count() == 1
    begun = race(*[lambda: attempts.start(rows[0], by=owner, now=NOW)] * 4)
    assert len({one.pk for one in begun}) == Attempt.objects.count() == 1


def test_two_tabs_handing_in_are_graded_once_and_give_one_badge(owner):
    course = make_course()
    make_certification(course)
    row = read_all(enrolments.enrol(course, by=owner, now=NOW), now=NOW)
    attempt = attempts.start(row, by=owner, now=NOW)
    right, none = answers_of(attempt), answers_of(attempt, right=False)
    race(*[lambda given=given: attempts.submit(attempt, given, by=owner, now=NOW) for given in (right, right, none)])
    attempt.refresh_from_db()
    assert attempt.score in (0, 100)
    assert Award.objects.count() == Credential.objects.count() == (1 if attempt.passed else 0)


def test_the_last_place_of_an_office_hour_goes_to_one(staff):
    start = NOW + timedelta(days=2)
    (row,) = office_hours.offer(Terms("T", "P", start, start + timedelta(hours=1), 1), by=staff, now=NOW)
    people = [make_person(f"Per Son {letter}") for letter in "abcd"]
    made = race(*[lambda user=user: office_hours.book(row, question="", by=user, now=NOW) for user in people])
    assert sorted(one.state for one in made) == ["booked", "waiting", "waiting", "waiting"]
