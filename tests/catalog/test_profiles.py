import pytest

from catalog.states import AppState
from tests.makers.catalog import copies_of, make_app
from tests.makers.portal import make_person

pytestmark = pytest.mark.django_db


def shown(client, person):
    [own] = [
        part.context for part in client.get(person.get_absolute_url()).context["shown"] if part.section.key == "apps"
    ]
    return [app.name for app in own["rows"]]


def test_the_page_of_a_person_lists_what_they_own_as_far_as_the_reader_may_see(
    client, owner, second_owner, outsider, staff
):
    make_app("Archived", state=AppState.ARCHIVED)
    make_app("Live")
    make_app("Secret draft", state=AppState.DRAFT)
    client.force_login(outsider)
    assert shown(client, owner) == ["Live", "Archived"]
    assert shown(client, second_owner) == ["Live", "Archived"]
    assert shown(client, staff) == []
    client.force_login(staff)
    assert shown(client, owner) == ["Live", "Archived", "Secret draft"]


def test_apps_of_a_service_identity_stand_on_both_pages(client, owner, outsider):
    service = make_person("Night Batch", is_service=True, steward=outsider)
    make_app("Nightly", owner=service)
    client.force_login(owner)
    assert shown(client, service) == ["Nightly"]
    assert shown(client, outsider) == ["Nightly"]


@pytest.mark.parametrize("count", [3, 300])
def test_the_page_costs_the_same_for_3_and_300_apps(client, owner, outsider, count, django_assert_max_num_queries):
    copies_of(make_app("Shift swap"), count - 1)
    client.force_login(outsider)
    client.get(owner.get_absolute_url())
    with django_assert_max_num_queries(15) as counted:
        client.get(owner.get_absolute_url())
    assert len(counted) == 14
