"""What training shows on the home page and in the search."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.makers.training import make_award, make_certification, make_course
from training.actions import enrolments
from training.models import Recertification

pytestmark = pytest.mark.django_db


def home(client, user) -> str:
    client.force_login(user)
    return client.get("/").content.decode()


def test_with_nothing_begun_the_home_page_names_the_first_badge(client, owner):
    make_certification(make_course())
    page = home(client, owner)
    assert "Earn the badge Basics" in page and "The fast lane." in page


def test_where_somebody_stopped_stands_on_their_home_page(client, owner):
    course = make_course()
    row = enrolments.enrol(course, by=owner, now=timezone.now())
    enrolments.mark_done(row, row.version.lessons.first(), by=owner, now=timezone.now())
    page = home(client, owner)
    assert "1 of 2 lessons read" in page and "/courses/basics/" in page


def test_a_short_quiz_that_waits_is_among_what_needs_one(client, owner):
    award = make_award(owner)
    Recertification.objects.create(
        award=award, cause_kind="policy", cause_key="p", cause_number=2, title="Hosts changed",
        due_at=timezone.now() + timedelta(days=3),
    )  # fmt: skip
    page = home(client, owner)
    assert "Keep your badge" in page and "Hosts changed" in page


def test_courses_are_found_by_their_title_and_by_the_badge_they_lead_to(client, owner):
    make_certification(make_course(), title="Certified maker")
    client.force_login(owner)
    for words in ("basic", "certified"):
        assert "/courses/basics/" in client.get("/search/", {"q": words}).content.decode()
