"""What training measures, from real courses, badges and violations; unknown is not zero."""

from decimal import Decimal

import pytest
from django.utils import timezone

from approvals.actions import starters
from approvals.models import Policy
from portal import measuring
from tests.makers.catalog import make_app
from tests.makers.portal import make_person
from tests.makers.training import finish, make_award, make_course, take_quiz
from tests.world import make_violation
from training.actions import enrolments

pytestmark = pytest.mark.django_db


def values() -> dict[str, Decimal | None]:
    return {
        one.kpi.key.removeprefix("training."): one.value for one in measuring.figures("training.", now=timezone.now())
    }


def test_nothing_known_is_said_as_nothing_known():
    assert set(values().values()) == {None}


def test_shares_of_people_and_of_first_attempts(owner, outsider):
    make_award(owner)
    course = make_course("quiz")
    finish(course, owner)
    take_quiz(enrolments.enrol(course, by=outsider, now=timezone.now()), now=timezone.now(), right=False)
    found = values()
    assert found["certified"] == Decimal("33.3")  # the owner's manager is the third
    assert found["passed_at_once"] == 50


def test_violations_of_certified_owners_and_of_others_stand_apart(owner, second_owner):
    now = timezone.now()
    app = make_app(owner=owner, second_owner=second_owner, now=now)
    other = make_person("Ot Her")
    make_app("Other app", owner=other, second_owner=second_owner, now=now)
    make_award(other)
    starters.load(now=now)
    make_violation(Policy.objects.select_related("active").get(slug="external-hosts"), app, now)
    found = values()
    assert (found["violations_certified"], found["violations_uncertified"]) == (0, 100)
