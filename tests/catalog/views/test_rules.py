import pytest
from django.urls import reverse

from catalog.models import RuleSetting
from catalog.rules import RuleBook
from portal.models import AuditEvent
from tests.makers.portal import make_unit

pytestmark = pytest.mark.django_db
LIST, GRACE = reverse("catalog:rule_list"), reverse("catalog:rule_detail", args=["grace"])


def test_staff_set_a_number_for_a_unit_and_tier_and_clear_it_again(client, staff):
    unit = make_unit("Stores")
    client.force_login(staff)
    answer = {"unit": unit.pk, "risk": "high", "value": 5, "reason": "Audit asked for it.", "seen": 0}
    assert client.post(GRACE, answer).status_code == 303
    assert RuleBook.load().value("grace", unit=unit.pk, risk="high") == 5
    assert RuleBook.load().value("grace", unit=unit.pk, risk="low") == 14
    seen = RuleSetting.objects.newest("grace")
    client.post(GRACE, answer | {"value": "", "reason": "No longer needed.", "seen": seen})
    assert RuleBook.load().value("grace", unit=unit.pk, risk="high") == 14
    assert [one.version for one in RuleSetting.objects.order_by("version")] == [1, 2]
    assert AuditEvent.objects.filter(verb__in=["catalog.rule_set", "catalog.rule_cleared"]).count() == 2
    assert "Audit asked for it." in client.get(GRACE).text


def test_whoever_comes_second_is_told(client, staff):
    client.force_login(staff)
    client.post(GRACE, {"value": 20, "reason": "Summer holidays.", "seen": 0})
    page = client.post(GRACE, {"value": 30, "reason": "Longer holidays.", "seen": 0})
    assert "Somebody set “Grace after the end” while you were on the page." in page.text
    assert RuleBook.load().value("grace") == 20


@pytest.mark.parametrize("value", [0, 91, -1, 10**9])
def test_a_number_out_of_bounds_is_refused_with_a_sentence(client, staff, value):
    client.force_login(staff)
    page = client.post(GRACE, {"value": value, "reason": "Just trying.", "seen": 0})
    assert "Choose a number from 1 to 90." in page.text
    assert not RuleSetting.objects.exists()


def test_the_cap_has_one_number_for_the_house(client, staff):
    client.force_login(staff)
    page = client.get(reverse("catalog:rule_detail", args=["cap_apps"]))
    assert "This rule has one number for the whole house." in page.text
    assert 'name="unit"' not in page.text


def test_only_staff(client, outsider):
    client.force_login(outsider)
    assert client.get(LIST).status_code == 403
    assert client.post(GRACE, {"value": 20, "reason": "Summer holidays.", "seen": 0}).status_code == 403
    assert not RuleSetting.objects.exists()


@pytest.mark.parametrize("settings", [3, 300])
def test_list_costs_the_same_for_few_and_many(client, staff, settings, django_assert_num_queries):
    for number in range(settings):
        unit = make_unit(f"Unit {number}")
        RuleSetting.objects.create(key="grace", business_unit=unit, value=7, reason="Because.", by=staff)
    client.force_login(staff)
    client.get(LIST)  # counts the sidebar of all staff, which is kept for a while
    with django_assert_num_queries(9):
        assert client.get(LIST).status_code == 200
