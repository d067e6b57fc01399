"""Quizzes: drawn and frozen, saved answer by answer, handed in once, waited for, never cheated."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from approvals.actions import starters
from portal.states import InvalidTransition
from tests.makers.training import answers_of, course_files, make_course, read_all, take_quiz
from training.actions import allowances, attempts, courses, enrolments
from training.models import Attempt, AttemptItem, Enrolment, Question

NOW = timezone.now()
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolment(owner) -> Enrolment:
    return enrolments.enrol(make_course(), by=owner, now=NOW)


def test_right_answers_pass_and_no_answers_do_not(enrolment):
    failed = take_quiz(enrolment, now=NOW, right=False)
    assert (failed.score, failed.passed, failed.number) == (0, False, 1)
    passed = take_quiz(enrolment, now=NOW + 11 * MINUTE)
    assert (passed.score, passed.passed, passed.number) == (100, True, 2)


def test_each_answer_is_saved_at_once_and_the_draw_is_frozen(enrolment, owner):
    attempt = attempts.start(enrolment, by=owner, now=NOW)
    assert attempts.answer(attempt, {1: answers_of(attempt)[1]}, by=owner, now=NOW) == 1
    before = list(attempt.items.values_list("question", "order"))
    again = attempts.start(enrolment, by=owner, now=NOW + MINUTE)  # a closed laptop, a second tab
    assert again == attempt and list(again.items.values_list("question", "order")) == before
    assert again.items.get(position=1).answer == answers_of(attempt)[1]
    assert attempts.answer(attempt, {1: answers_of(attempt)[1]}, by=owner, now=NOW) == 0  # nothing new


def test_handing_in_twice_changes_nothing(enrolment, owner):
    attempt = take_quiz(enrolment, now=NOW)
    again = attempts.submit(attempt, answers_of(attempt, right=False), by=owner, now=NOW + MINUTE)
    assert (again.score, again.submitted_at) == (100, attempt.submitted_at)
    with pytest.raises(InvalidTransition, match="over"):
        attempts.answer(attempt, {1: None}, by=owner, now=NOW + MINUTE)


def test_the_waits_are_kept_and_said(enrolment, owner):
    take_quiz(enrolment, now=NOW, right=False)
    with pytest.raises(InvalidTransition, match="The next attempt opens on"):
        attempts.start(enrolment, by=owner, now=NOW + 9 * MINUTE)
    take_quiz(enrolment, now=NOW + 10 * MINUTE, right=False)
    with pytest.raises(InvalidTransition, match="The next attempt opens on"):
        attempts.start(enrolment, by=owner, now=NOW + timedelta(hours=23))
    take_quiz(enrolment, now=NOW + timedelta(hours=25), right=False)
    with pytest.raises(InvalidTransition, match="No attempt is left"):
        attempts.start(enrolment, by=owner, now=NOW + timedelta(days=9))


def test_staff_give_one_attempt_more_and_no_attempt_is_lost(enrolment, owner, staff):
    for hours in (0, 1, 48):
        take_quiz(enrolment, now=NOW + timedelta(hours=hours), right=False)
    with pytest.raises(PermissionDenied):
        attempts.give_another_try(enrolment, reason="Please.", by=owner, now=NOW)
    attempts.give_another_try(enrolment, reason="The question was unclear.", by=staff, now=NOW)
    assert take_quiz(enrolment, now=NOW + timedelta(days=5)).passed
    assert Attempt.objects.count() == 4


def test_after_a_pass_there_is_nothing_to_begin(enrolment, owner):
    take_quiz(enrolment, now=NOW)
    with pytest.raises(InvalidTransition, match="passed this quiz already"):
        attempts.start(enrolment, by=owner, now=NOW + timedelta(days=2))


def test_nobody_answers_for_another_or_what_was_not_asked(enrolment, owner, outsider):
    attempt = attempts.start(enrolment, by=owner, now=NOW)
    for act in (attempts.answer, attempts.submit):
        with pytest.raises(PermissionDenied):
            act(attempt, {1: 0}, by=outsider, now=NOW)
    with pytest.raises(PermissionDenied):
        attempts.start(enrolment, by=outsider, now=NOW)
    with pytest.raises(InvalidTransition, match="not part of this attempt"):
        attempts.answer(attempt, {1: 0, 99: 0}, by=owner, now=NOW)
    assert attempt.items.filter(answered_at__isnull=False).count() == 0  # nothing of it was stored


@pytest.fixture
def timed(owner) -> Enrolment:
    return enrolments.enrol(make_course("timed", time_limit=20), by=owner, now=NOW)


def test_the_server_counts_the_time_and_what_was_saved_by_then_counts(timed, owner):
    attempt = attempts.start(timed, by=owner, now=NOW)
    assert attempt.deadline_at == NOW + 20 * MINUTE
    half = {place: value for place, value in answers_of(attempt).items() if place <= 6}
    attempts.answer(attempt, half, by=owner, now=NOW + 19 * MINUTE)
    late = attempts.submit(attempt, answers_of(attempt), by=owner, now=NOW + 21 * MINUTE)
    assert float(late.score) == pytest.approx(600 / 7, abs=0.01) and late.submitted_at == attempt.deadline_at


def test_an_attempt_nobody_comes_back_to_is_handed_in_by_the_clock(timed, owner):
    attempt = attempts.start(timed, by=owner, now=NOW)
    attempts.answer(attempt, answers_of(attempt), by=owner, now=NOW)
    assert attempts.hand_in_overdue(now=NOW + 19 * MINUTE) == 0
    assert attempts.hand_in_overdue(now=NOW + 21 * MINUTE) == 1
    assert attempts.hand_in_overdue(now=NOW + 21 * MINUTE) == 0
    attempt.refresh_from_db()
    assert attempt.passed


def test_who_needs_more_time_has_it_in_every_quiz(timed, owner, staff):
    allowances.grant(owner, percent=150, reason="", by=staff, now=NOW)
    attempt = attempts.start(timed, by=owner, now=NOW)
    assert attempt.deadline_at == NOW + 30 * MINUTE
    attempts.submit(attempt, {}, by=owner, now=NOW)
    allowances.grant(owner, percent=None, reason="", by=staff, now=NOW)
    assert attempts.start(timed, by=owner, now=NOW + 11 * MINUTE).deadline_at is None


BOUND = """- id: passes
  kind: true_false
  text: An app calls api.partner.example. This app passes the policy.
  policy: {slug: external-hosts, input: {request: {hosts: [api.partner.example]}}}
  explanation: The host is not agreed to.
"""


def test_the_key_of_a_bound_question_is_what_the_policy_says(owner):
    starters.load(now=NOW)
    row = enrolments.enrol(make_course(questions=BOUND), by=owner, now=NOW)
    attempt = attempts.start(row, by=owner, now=NOW)
    assert attempt.items.get().key is False
    assert attempts.submit(attempt, {1: False}, by=owner, now=NOW).passed


def test_a_bound_question_is_not_asked_while_nobody_can_answer_it(owner):
    row = enrolments.enrol(make_course(questions=BOUND), by=owner, now=NOW)  # there is no such policy here
    with pytest.raises(InvalidTransition, match="No question can be asked"):
        attempts.start(row, by=owner, now=NOW)
    assert not Attempt.objects.exists()


def test_an_edit_of_the_course_changes_no_attempt_that_was_begun(enrolment, owner, staff):
    attempt = attempts.start(enrolment, by=owner, now=NOW)
    draft = courses.save_draft("basics", course_files("Other", questions=BOUND), by=staff, now=NOW)
    courses.publish(draft, is_material=True, note="", by=staff, now=NOW)
    assert attempts.submit(attempt, answers_of(attempt), by=owner, now=NOW).score == 100


def test_beginning_and_handing_in_cost_the_same_queries_however_many_questions(
    enrolment, owner, django_assert_max_num_queries
):
    read_all(enrolment, now=NOW)
    with django_assert_max_num_queries(22):
        attempt = attempts.start(enrolment, by=owner, now=NOW)
    given = answers_of(attempt)
    with django_assert_max_num_queries(45):  # with the course finished and the certifications looked at
        attempts.submit(attempt, given, by=owner, now=NOW)
    assert AttemptItem.objects.count() == Question.objects.count() == 7
