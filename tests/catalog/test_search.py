"""What people find in the catalog, and what they do not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.models import Discovery
from catalog.states import AppState
from tests.makers.catalog import copies_of, make_app, make_connector

pytestmark = pytest.mark.django_db


def found(client, words, key):
    response = client.get("/search/", {"q": words}, headers={"HX-Request": "true"})
    return [hit.name for group, hits in response.context["groups"] if group.key == key for hit in hits]


@pytest.mark.parametrize("words", ["shift swap", "Shft swap", "shift swapp", "swap", "colleagues trade"])
def test_an_app_is_found_by_name_by_text_and_with_typing_errors(client, outsider, words):
    make_app("Shift swap")
    make_app("Cash variance", purpose="Compares the till with the books.")
    client.force_login(outsider)
    assert found(client, words, "apps") == ["Shift swap"]


def test_the_closest_name_comes_first(client, outsider):
    make_app("Swap meet", purpose="Shift swap for markets, shift swap again.")
    make_app("Shift swap")
    client.force_login(outsider)
    assert found(client, "shift swap", "apps")[0] == "Shift swap"


def test_a_draft_is_found_by_its_owners_and_those_who_decide(client, owner, second_owner, staff, reviewer, outsider):
    make_app("Secret plan", state=AppState.DRAFT)
    for person, hits in ((owner, 1), (second_owner, 1), (staff, 1), (reviewer, 1), (outsider, 0)):
        client.force_login(person)
        assert len(found(client, "secret plan", "apps")) == hits


def test_connectors_are_found_with_typing_errors(client, outsider):
    make_connector("HR system", system="Workday")
    client.force_login(outsider)
    assert [found(client, words, "connectors") for words in ("hr sys", "HR systm", "workday")] == [["HR system"]] * 3


def test_discoveries_are_for_staff(client, staff, outsider):
    Discovery.objects.create(source_system="power", external_id="1", name="Leave tracker")
    client.force_login(staff)
    assert found(client, "leave trakcer", "discoveries") == ["Leave tracker"]
    client.force_login(outsider)
    assert found(client, "leave tracker", "discoveries") == []


def test_a_renewal_is_offered_for_my_apps_that_end_soon(client, owner, outsider):
    today = owner.local_date(timezone.now())
    make_app("Shift swap", expires_on=today + timedelta(days=6))
    make_app("Cash variance", expires_on=today + timedelta(days=80))
    client.force_login(owner)
    assert found(client, "renew", "actions") == ["Renew Shift swap"]
    assert found(client, "renew cash", "actions") == []
    assert "Renew Shift swap" in found(client, "", "actions")
    client.force_login(outsider)
    assert found(client, "renew", "actions") == []


def test_a_new_app_is_an_action_for_everyone(client, outsider):
    client.force_login(outsider)
    assert found(client, "new", "actions") == ["New app"]


@pytest.mark.parametrize("count", [3, 300])
def test_the_palette_of_a_maker_costs_eleven_queries(client, owner, count, django_assert_num_queries):
    copies_of(make_app("Shift swap"), count - 1)
    make_connector("Shift feed")
    client.force_login(owner)
    with django_assert_num_queries(11):
        assert len(found(client, "shift", "apps")) == min(count, 6)
