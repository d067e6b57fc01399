"""The records pages: staff look, administrators repair, nobody deletes."""

from datetime import date

import pytest
from django.urls import reverse

from portal.models import Absence, User
from portal.models.user import Role
from tests.makers.portal import make_cost_centre, make_person, make_unit

pytestmark = pytest.mark.django_db
KINDS = ["user", "businessunit", "costcentre", "absence"]


@pytest.fixture
def records(owner, second_owner):
    return {
        "user": owner,
        "businessunit": make_unit(),
        "costcentre": make_cost_centre(),
        "absence": Absence.objects.create(
            user=owner, delegate=second_owner, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 2)
        ),
    }


@pytest.fixture
def looker(db):
    return make_person("Looker", Role.STAFF, is_staff=True)


@pytest.mark.parametrize("kind", KINDS)
def test_staff_search_and_read_but_change_nothing(client, looker, records, kind):
    client.force_login(looker)
    page = client.get(reverse(f"admin:portal_{kind}_changelist"), {"q": "a"})
    assert page.status_code == 200
    record = reverse(f"admin:portal_{kind}_change", args=[records[kind].pk])
    assert client.get(record).status_code == 200
    assert client.post(record, {"name": "X"}).status_code == 403
    assert client.get(reverse(f"admin:portal_{kind}_delete", args=[records[kind].pk])).status_code == 403


@pytest.mark.parametrize("kind", KINDS)
def test_administrators_open_the_form(client, admin, records, kind):
    client.force_login(admin)
    page = client.get(reverse(f"admin:portal_{kind}_change", args=[records[kind].pk]))
    assert page.status_code == 200
    assert 'name="_save"' in page.content.decode()
    assert client.get(reverse(f"admin:portal_{kind}_delete", args=[records[kind].pk])).status_code == 403


def test_roles_are_not_given_here(client, admin, owner):
    client.force_login(admin)
    url = reverse("admin:portal_user_change", args=[owner.pk])
    data = {
        "email": owner.email, "name": "Priya N.", "business_unit": owner.business_unit_id, "time_zone": "UTC",
        "working_days": "1,2", "is_superuser": "on", "is_staff": "on", "groups": ["1", "2"],
    }  # fmt: skip
    client.post(url, data)
    person = User.objects.get(pk=owner.pk)
    assert person.name == "Priya N."
    assert (person.is_superuser, person.is_staff, person.roles) == (False, False, frozenset())


def test_makers_do_not_get_in(client, outsider, records):
    client.force_login(outsider)
    for kind in KINDS:
        assert client.get(reverse(f"admin:portal_{kind}_changelist")).status_code in (302, 403)
