import pytest
from django.urls import reverse

from portal.edits import mark
from portal.forms.units import BusinessUnitForm
from portal.models import BusinessUnit
from tests.makers.portal import make_person, make_unit

pytestmark = pytest.mark.django_db
LIST, NEW = "/console/units/", "/console/units/new/"


def edit_url(unit):
    return reverse("unit_edit", args=[unit.pk])


def fields_of(unit, **changes):
    lead = unit.lead.email if unit.lead else ""
    seen = mark(unit, BusinessUnitForm.Meta.fields)
    return {"name": unit.name, "code": unit.code, "parent": unit.parent_id or "", "lead": lead, "seen": seen, **changes}


def test_makers_are_refused(client, outsider):
    client.force_login(outsider)
    for url in (LIST, NEW, edit_url(make_unit())):
        assert client.get(url).status_code == 403
    assert client.post(NEW, {"name": "Mine", "code": "mine"}).status_code == 403


def test_the_tree_shows_leads_and_people_under_their_parent(client, staff, owner):
    top = make_unit("Company", lead=owner)
    make_person("Nia Obi", business_unit=make_unit("North", parent=make_unit("Stores", parent=top)))
    client.force_login(staff)
    response = client.get(LIST)
    [company] = [branch for branch in response.context["branches"] if branch.unit == top]
    assert [branch.unit.name for branch in company.branches] == ["Stores"]
    assert company.branches[0].branches[0].unit.open_accounts == 1
    assert "Priya Nair" in response.content.decode()


def test_the_tree_costs_the_same_for_3_and_300_units(client, staff, django_assert_max_num_queries):
    def count():
        client.get(LIST)  # the sidebar's counts of the console are kept for a while
        with django_assert_max_num_queries(100) as captured:
            client.get(LIST)
        return len(captured)

    client.force_login(staff)
    make_unit("North", parent=make_unit("Stores"))
    small = count()
    for number in range(300):
        make_unit(f"Store {number}", parent=make_unit("North"), lead=staff)
    assert count() == small


def test_a_unit_is_added_and_moved(client, staff):
    top = make_unit("Company")
    client.force_login(staff)
    assert client.post(NEW, {"name": "Stores", "code": "stores", "parent": top.pk}).status_code == 303
    unit = BusinessUnit.objects.get(code="stores")
    assert unit.parent == top
    assert client.post(edit_url(unit), fields_of(unit, name="Shops", parent="")).status_code == 303
    unit.refresh_from_db()
    assert (unit.name, unit.parent) == ("Shops", None)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("code", "stores north", "valid “slug”"),
        ("code", "retail", "already exists"),
        ("name", "", "required"),
        ("lead", "nobody@example.org", "Nobody active is known"),
        ("parent", "99999", "outside it"),
    ],
)
def test_bad_input_gets_a_sentence(client, staff, field, value, sentence):
    make_unit()
    client.force_login(staff)
    response = client.post(NEW, {"name": "Stores", "code": "stores", field: value})
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_unit_is_not_moved_under_itself(client, staff):
    top = make_unit("Company")
    leaf = make_unit("North", parent=make_unit("Stores", parent=top))
    client.force_login(staff)
    response = client.post(edit_url(top), fields_of(top, parent=leaf.pk))
    assert "This would make the unit part of itself." in response.content.decode()


def test_the_second_of_two_editors_is_told(client, staff):
    unit = make_unit()
    client.force_login(staff)
    mine = fields_of(unit, name="Mine")
    client.post(edit_url(unit), fields_of(unit, name="Theirs"))
    response = client.post(edit_url(unit), mine)
    assert "Somebody else changed Theirs" in response.content.decode()
