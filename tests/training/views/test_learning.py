"""A trainee goes through a course by its pages: reads, does the task, takes the quiz, earns the badge; without script."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from approvals.actions import starters
from catalog.demo.learning import MENDED
from tests.makers.training import EXERCISE, answers_of, finish, make_award, make_certification, make_course
from training.actions import attempts, awards, certifications, enrolments
from training.models import Attempt, Award, Course, Enrolment, ExerciseTry

pytestmark = pytest.mark.django_db


def fields_of(attempt: Attempt, answers: dict) -> dict:
    """What a browser sends for these answers."""
    data: dict = {"there": [str(place) for place in answers]}
    for row in attempt.items.select_related("question"):
        item, answer = attempts.item_of(row), answers[row.position]
        name = f"q{row.position}"
        if answer is None:
            continue
        if item.kind == "ordering":
            data |= {f"{name}-{number}": str(place) for place, number in enumerate(answer, start=1)}
        elif item.kind == "matching":
            data |= {f"{name}-{n}": str(right) for n, right in enumerate(answer)}
        elif item.kind == "true_false":
            data[name] = "true" if answer else "false"
        else:
            data[name] = [str(one) for one in answer] if isinstance(answer, list) else str(answer)
    return data


def test_from_the_catalog_to_the_badge(client, owner):
    course = make_course()
    make_certification(course)
    client.force_login(owner)
    assert b"Basics" in client.get("/courses/").content
    went = client.post("/courses/basics/enrolment/", follow=True)
    assert went.request["PATH_INFO"] == "/courses/basics/lessons/01-first/"
    went = client.post("/courses/basics/lessons/01-first/done/", follow=True)
    assert went.request["PATH_INFO"] == "/courses/basics/lessons/02-second/"
    client.post("/courses/basics/lessons/02-second/done/")
    page = client.get("/courses/basics/").content.decode()
    assert "2 of 3 parts done" in page and "Go on to the quiz" in page
    client.post("/courses/basics/quiz/attempt/")
    attempt = Attempt.objects.get()
    form = client.get(attempt.get_absolute_url()).content.decode()
    assert form.count('<fieldset class="question"') == 7
    saved = client.post(f"/attempts/{attempt.pk}/answers/", fields_of(attempt, answers_of(attempt)), follow=True)
    assert "Saved" in saved.content.decode()
    result = client.post(f"/attempts/{attempt.pk}/submission/", {}, follow=True)  # what was saved counts
    assert "Passed" in result.content.decode()
    assert Enrolment.objects.get().completed_at is not None
    award = Award.objects.get()
    assert "Your badge Basics" in client.get(award.get_absolute_url()).content.decode().replace("<bdi>", "").replace(
        "</bdi>", ""
    )


def test_the_browser_never_gets_a_key(client, owner):
    course = make_course()
    client.force_login(owner)
    client.post("/courses/basics/quiz/attempt/")
    attempt = Attempt.objects.get()
    page = client.get(attempt.get_absolute_url()).content.decode()
    assert "Because." not in page and "weight" not in page and "Not that." not in page
    order = next(row for row in attempt.items.select_related("question") if row.question.key == "order")
    assert order.order != [0, 1, 2] and course


def test_answers_to_somebody_elses_attempt_or_to_unseen_questions_are_refused(client, owner, outsider):
    make_course()
    client.force_login(owner)
    client.post("/courses/basics/quiz/attempt/")
    attempt = Attempt.objects.get()
    client.force_login(outsider)
    for part in ("answers", "submission"):
        assert client.post(f"/attempts/{attempt.pk}/{part}/", {"there": "1", "q1": "0"}).status_code == 403
    assert client.get(attempt.get_absolute_url()).status_code == 403
    client.force_login(owner)
    client.post(f"/attempts/{attempt.pk}/answers/", {"there": ["1", "99"], "q1": "0", "q99": "0"})
    assert attempt.items.filter(answer__isnull=False).count() == 0
    for value in ("9", "-1", "x", "1" * 50):
        client.post(f"/attempts/{attempt.pk}/answers/", {"there": "1", "q1": value})
    assert (
        attempt.items.exclude(question__kind__in=["numeric", "short_answer"]).filter(answer__isnull=False).count() == 0
    )


def test_after_a_failed_try_the_page_gives_a_reading_list_and_no_answers(client, owner):
    make_course()
    client.force_login(owner)
    client.post("/courses/basics/quiz/attempt/")
    attempt = Attempt.objects.get()
    page = client.post(f"/attempts/{attempt.pk}/submission/", {}, follow=True).content.decode()
    assert "Not passed yet" in page and "Read these again" in page and "/lessons/01-first/" in page
    assert "Because." not in page and "Purrs" not in page
    again = client.post("/courses/basics/quiz/attempt/", follow=True).content.decode()
    assert "The next attempt opens on" in again


def test_a_pass_shows_what_was_right_and_why(client, owner):
    course = make_course()
    finish(course, owner)
    client.force_login(owner)
    page = client.get(Attempt.objects.get().get_absolute_url()).content.decode()
    assert "Because." in page and "Cat: Purrs" in page and "1. First" in page


def test_the_hands_on_task_is_checked_by_the_policies_in_force(client, owner):
    starters.load(now=timezone.now())
    make_course(exercise=EXERCISE)
    client.force_login(owner)
    bad = MANIFEST.replace("hosts: []", "hosts: [evil.example]")
    page = client.post("/courses/basics/exercise/", {"manifest": bad}, follow=True).content.decode()
    assert "External host not allowed: evil.example" in page
    page = client.post("/courses/basics/exercise/", {"manifest": "name: only"}, follow=True).content.decode()
    assert "is missing" in page
    page = client.post("/courses/basics/exercise/", {"manifest": MANIFEST}, follow=True).content.decode()
    assert "Every policy passes" in page
    assert list(ExerciseTry.objects.order_by("id").values_list("passed", flat=True)) == [False, False, True]
    assert client.post("/courses/basics/exercise/", {"manifest": "x" * 30_000}).status_code == 422


MANIFEST = """version: 1
name: Board
purpose: Shows who is away.
justification: Saves time.
owner: a@example.org
second_owner: b@example.org
contact: c@example.org
business_unit: stores
cost_centre: "410220"
data_classification: internal
audience_size: 20
sla_tier: best_effort
dependencies:
  connectors: []
  hosts: []
  apps: []
"""


def test_the_shipped_task_can_be_solved_and_fails_as_it_stands(client, owner):
    starters.load(now=timezone.now())
    certifications.load_starter(now=timezone.now())
    certifications.load_starter(now=timezone.now())  # a second time changes nothing
    finish(Course.objects.get(slug="foundations"), owner)
    client.force_login(owner)
    client.post("/courses/builder/enrolment/")
    text = Enrolment.objects.get(course__slug="builder").version.exercise["manifest"]
    client.post("/courses/builder/exercise/", {"manifest": text})
    tried = ExerciseTry.objects.latest("id")
    assert sum(1 for one in tried.results if one["reasons"]) == 4
    for wrong, right in MENDED:
        assert wrong in text
        text = text.replace(wrong, right)
    client.post("/courses/builder/exercise/", {"manifest": text})
    assert ExerciseTry.objects.latest("id").passed


def test_a_picture_of_a_lesson_can_do_nothing_on_this_site(client, owner):
    make_course()
    client.force_login(owner)
    page = client.get("/courses/basics/files/1/lessons/pictures/square.svg")
    assert (
        page["Content-Security-Policy"].startswith("default-src 'none'")
        and "sandbox" in page["Content-Security-Policy"]
    )
    assert page["X-Content-Type-Options"] == "nosniff" and page["Content-Type"] == "image/svg+xml"
    assert client.get(page.request["PATH_INFO"], HTTP_IF_NONE_MATCH=page["ETag"]).status_code == 304
    assert client.get("/courses/basics/files/1/course.md").status_code == 404
    text = client.get("/courses/basics/lessons/01-first/").content.decode()
    assert re.search(r'<img src="/courses/basics/files/1/lessons/pictures/square.svg" alt="A square"', text)


def test_what_must_come_before_is_named(client, owner):
    make_course()
    make_course("second", title="Second", prerequisites="[basics]")
    client.force_login(owner)
    page = client.post("/courses/second/enrolment/", follow=True).content.decode()
    assert "Finish Basics first." in page and not Enrolment.objects.exists()


def test_the_public_page_says_one_sentence_and_the_name_only_with_consent(client, owner, staff):
    award = make_award(owner)
    path = f"/verify/{award.public_id}/"
    page = client.get(path)
    assert "Valid: " in page.content.decode() and owner.name not in page.content.decode()
    assert "noindex" in page["X-Robots-Tag"] and b"<script" not in page.content
    client.force_login(owner)
    client.post(f"{award.get_absolute_url()}sharing/", {"shows_name": "on"})
    client.logout()
    assert f"Valid: {owner.name} earned" in client.get(path).content.decode().replace("<bdi>", "").replace("</bdi>", "")
    awards.revoke(award, reason="r", by=staff, now=timezone.now())
    page = client.get(path).content.decode()
    assert "Withdrawn: " in page and owner.name not in page
    missing = client.get("/verify/00000000-0000-0000-0000-000000000000/")
    assert missing.status_code == 404 and "Not found" in missing.content.decode()


def test_badges_stand_on_the_profile_only_if_their_holder_shows_them(client, owner, outsider):
    award = make_award(owner)
    client.force_login(outsider)
    assert "Basics" not in client.get(f"/people/{owner.pk}/").content.decode()
    awards.share(award, shows_name=False, on_profile=True, by=owner, now=timezone.now())
    assert "Basics" in client.get(f"/people/{owner.pk}/").content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_the_catalog_costs_the_same_queries_however_many_courses(client, owner, count, django_assert_max_num_queries):
    for number in range(count):
        course = make_course(f"course-{number}", title=f"Course {number}")
        enrolments.enrol(course, by=owner, now=timezone.now() - timedelta(days=1))
    client.force_login(owner)
    client.get("/courses/")
    with django_assert_max_num_queries(14):
        client.get("/courses/")
