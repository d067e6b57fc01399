import pytest
from django.urls import reverse

from portal.edits import mark
from portal.forms.units import CostCentreForm
from portal.models import CostCentre
from tests.makers.portal import make_cost_centre, make_unit

pytestmark = pytest.mark.django_db
LIST, NEW = "/console/cost-centres/", "/console/cost-centres/new/"


def edit_url(centre):
    return reverse("cost_centre_edit", args=[centre.pk])


def test_makers_are_refused(client, outsider):
    client.force_login(outsider)
    for url in (LIST, NEW, edit_url(make_cost_centre())):
        assert client.get(url).status_code == 403
    assert client.post(NEW, {}).status_code == 403


@pytest.mark.parametrize(("words", "found"), [("4102", {"410220"}), ("onl", {"510001"}), ("zzz", set())])
def test_search_by_first_digits_or_name(client, staff, words, found):
    make_cost_centre()
    make_cost_centre("510001", name="Online")
    client.force_login(staff)
    assert {centre.code for centre in client.get(f"{LIST}?q={words}").context["page"].rows} == found


@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_costs_the_same_for_3_and_300(client, staff, rows, django_assert_num_queries):
    for number in range(rows):
        make_cost_centre(f"{500000 + number}")
    client.force_login(staff)
    with django_assert_num_queries(4):
        client.get(LIST, headers={"HX-Request": "true"})


def test_a_cost_centre_is_added_and_closed(client, staff):
    unit = make_unit()
    client.force_login(staff)
    data = {"code": "410230", "name": "Online", "business_unit": unit.pk, "is_open": "on"}
    assert client.post(NEW, data).status_code == 303
    centre = CostCentre.objects.get(code="410230")
    del data["is_open"]
    seen = mark(centre, CostCentreForm.Meta.fields)
    assert client.post(edit_url(centre), {**data, "seen": seen}).status_code == 303
    centre.refresh_from_db()
    assert not centre.is_open


@pytest.mark.parametrize("code", ["41022", "41022a", "410220", ""])
def test_bad_codes_get_a_sentence(client, staff, code):
    make_cost_centre("410220")
    client.force_login(staff)
    response = client.post(NEW, {"code": code, "name": "X", "business_unit": make_unit().pk})
    assert response.status_code == 422
    assert response.context["form"].errors["code"]
    assert CostCentre.objects.count() == 1
