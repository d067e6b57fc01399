from datetime import date

import pytest

from portal.delegation import stand_ins, standing_in_for
from portal.models import Absence
from tests.makers.portal import make_person

DAY = date(2026, 12, 1)
pytestmark = pytest.mark.django_db


def away(person, delegate=None, first=DAY, last=DAY):
    Absence.objects.create(user=person, delegate=delegate, starts_on=first, ends_on=last)


def both(person):
    """The answer for one person, after checking that the answer for everybody says the same."""
    found = standing_in_for(person, DAY)
    assert stand_ins(DAY).get(person.pk) == (found.pk if found else None)
    return found


def test_nobody_stands_in_for_somebody_who_is_there(owner, second_owner):
    away(owner, second_owner, first=date(2026, 12, 2), last=date(2026, 12, 3))
    assert both(owner) is None


def test_the_delegate_stands_in(owner, second_owner):
    away(owner, second_owner)
    assert both(owner) == second_owner


def test_the_delegate_of_an_absent_delegate_stands_in(owner, second_owner, manager):
    away(owner, second_owner)
    away(second_owner, manager)
    assert both(owner) == manager


def test_a_chain_that_ends_with_an_absent_person_ends_with_nobody(owner, second_owner):
    away(owner, second_owner)
    away(second_owner)
    assert both(owner) is None


def test_a_circle_ends_with_nobody(owner, second_owner, manager):
    away(owner, second_owner)
    away(second_owner, manager)
    away(manager, owner)
    assert both(owner) is None


def test_a_circle_beside_the_chain_ends_too(owner, second_owner, manager):
    away(owner, second_owner)
    away(second_owner, manager)
    away(manager, second_owner)
    assert both(owner) is None


def test_a_closed_account_stands_in_for_nobody(owner):
    away(owner, make_person("Gone Person", is_active=False))
    assert both(owner) is None


def test_the_whole_house_costs_two_queries(owner, second_owner, manager, django_assert_num_queries):
    away(owner, second_owner)
    away(second_owner, manager)
    with django_assert_num_queries(2):
        assert stand_ins(DAY) == {owner.pk: manager.pk, second_owner.pk: manager.pk}
