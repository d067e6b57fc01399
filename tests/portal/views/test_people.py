"""People pages: the staff list, the CSV, the forms, and the page everyone may read."""

from datetime import date

import pytest
from django.urls import reverse

from portal.edits import mark
from portal.forms.people import PersonForm
from portal.models import AuditEvent, Job, User
from portal.models.user import Role
from tests.makers.portal import make_cost_centre, make_person, make_unit

pytestmark = pytest.mark.django_db
LIST, NEW = "/console/people/", "/console/people/new/"


def edit_url(person):
    return reverse("person_edit", args=[person.pk])


def fields_of(person, **changes):
    """What a browser sends back from the edit form."""
    known = {
        "name": person.name, "title": person.title, "business_unit": person.business_unit_id or "",
        "cost_centre": person.cost_centre_id or "", "manager": person.manager.email if person.manager else "",
        "time_zone": person.time_zone, "working_days": person.working_days, "leaves_on": person.leaves_on or "",
        "steward": person.steward.email if person.steward else "", "seen": mark(person, PersonForm.Meta.fields),
    }  # fmt: skip
    return {**known, **changes}


def test_makers_see_none_of_the_staff_pages(client, outsider, owner):
    client.force_login(outsider)
    for url in (LIST, NEW, "/console/people/export/", edit_url(owner)):
        assert client.get(url).status_code == 403
        assert client.post(url, {"name": "X"}).status_code in (403, 405)


def test_nobody_signed_in_is_asked_to_sign_in(client, owner):
    for url in (LIST, edit_url(owner), owner.get_absolute_url(), "/people/options/?q=pri"):
        assert client.get(url).status_code == 302


@pytest.fixture
def house(owner, board_member, staff):
    """Some people of two units, one leaving, one gone, one service."""
    north = make_unit("North", parent=make_unit())
    make_person("Nia Obi", business_unit=north, leaves_on=date(2027, 1, 29))
    make_person("Zoe Gone", is_active=False)
    make_person("Night Batch", is_service=True, steward=owner)
    make_person("Hugo Falk", business_unit=make_unit("Finance"))
    return north


def names(response):
    return {person.name for person in response.context["page"].rows}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=nia", {"Nia Obi"}),
        ("q=hugo.falk@", {"Hugo Falk"}),
        ("q=Pria+Nair", {"Priya Nair"}),
        ("role=board", {"Lars Holm"}),
        ("status=leaving", {"Nia Obi"}),
        ("status=closed", {"Zoe Gone"}),
        ("kind=service", {"Night Batch"}),
        ("kind=person&q=night", set()),
    ],
)
def test_filters(client, staff, house, query, found):
    client.force_login(staff)
    assert names(client.get(f"{LIST}?{query}")) == found


def test_a_unit_holds_the_people_of_the_units_below_it(client, staff, house):
    client.force_login(staff)
    assert names(client.get(f"{LIST}?unit={house.pk}")) == {"Nia Obi"}
    assert "Nia Obi" in names(client.get(f"{LIST}?unit={house.parent_id}"))
    assert "Hugo Falk" not in names(client.get(f"{LIST}?unit={house.parent_id}"))


@pytest.mark.parametrize("query", ["unit=x", "unit=99999", "role=king", "status=1", "kind=%00", "after=%00x", "q=%00"])
def test_nonsense_in_the_address_is_no_filter(client, staff, house, query):
    client.force_login(staff)
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert "Priya Nair" in names(response)


def test_paging_walks_over_everybody_once(client, staff, house):
    for number in range(120):
        make_person(f"Person {number:03}")
    client.force_login(staff)
    seen, url = [], LIST
    while url:
        page = client.get(url).context["page"]
        seen += [person.name for person in page.rows]
        url = f"{LIST}?after={page.next}" if page.next else None
    assert len(seen) == len(set(seen)) == User.objects.filter(is_active=True).count()


@pytest.mark.parametrize("extra", [0, 300])
def test_the_list_costs_the_same_for_everyone(client, staff, house, extra, django_assert_num_queries):
    for number in range(extra):
        make_person(f"Person {number:03}", Role.REVIEWER, manager=staff)
    client.force_login(staff)
    with django_assert_num_queries(6):
        assert client.get(LIST, headers={"HX-Request": "true"}).status_code == 200


def test_csv_holds_what_the_list_shows_and_no_formula(client, staff, house):
    make_person("=cmd()", email="evil@example.org")
    client.force_login(staff)
    response = client.get("/console/people/export/?q=example.org&kind=person")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert response["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert "'=cmd()" in text
    assert "Lars Holm,lars.holm@example.org" in text
    assert "Night Batch" not in text


def test_a_new_person_gets_an_invitation(client, staff):
    client.force_login(staff)
    unit = make_unit()
    response = client.post(
        NEW,
        {
            "email": "Nia.Obi@example.org", "name": "Nia Obi", "business_unit": unit.pk, "time_zone": "Africa/Lagos",
            "working_days": ["1", "2", "3"], "manager": "ana.kovac@example.org", "invite": "on",
        },
    )  # fmt: skip

    person = User.objects.get(email="nia.obi@example.org")
    assert response.status_code == 303
    assert response["Location"] == edit_url(person)
    assert (person.working_days, person.manager, person.time_zone) == ([1, 2, 3], staff, "Africa/Lagos")
    assert Job.objects.get().arguments == {"person_id": person.pk}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("time_zone", "Europe/Atlantis", "Europe/Atlantis is not a time zone. Use a name such as Europe/Madrid."),
        ("working_days", [], "Tick at least one day."),
        ("working_days", ["9"], "9"),
        ("email", "ANA.KOVAC@example.org", "ana.kovac@example.org already has an account."),
        ("email", "nobody", "valid email"),
        ("manager", "who@example.org", "Nobody active is known as “who@example.org”."),
        ("manager", "Zoe Gone", "Nobody active is known as"),
        ("business_unit", "", "required"),
        ("is_service", "on", "A service identity needs a person behind it."),
        ("steward", "ana.kovac@example.org", "Only a service identity has a person behind it."),
        ("name", "", "required"),
    ],
)
def test_bad_input_of_a_new_person_gets_a_sentence(client, staff, field, value, sentence):
    make_person("Zoe Gone", is_active=False)
    client.force_login(staff)
    data = {
        "email": "nia.obi@example.org", "name": "Nia Obi", "business_unit": make_unit().pk, "time_zone": "UTC",
        "working_days": ["1"], field: value,
    }  # fmt: skip
    response = client.post(NEW, data)
    assert response.status_code == 422
    assert sentence in str(response.context["form"].errors)
    assert not User.objects.filter(email="nia.obi@example.org").exists()


def test_two_colleagues_of_one_name_are_told_apart_by_address(client, staff, outsider):
    make_person("Sam Lee", email="sam.lee@example.org")
    make_person("Sam Lee", email="sam.lee2@example.org")
    client.force_login(staff)
    response = client.post(edit_url(outsider), fields_of(outsider, manager="Sam Lee"))
    assert "Several people are called Sam Lee." in str(response.context["form"].errors)
    client.post(edit_url(outsider), fields_of(outsider, manager="Sam Lee <sam.lee2@example.org>"))
    outsider.refresh_from_db()
    assert outsider.manager.email == "sam.lee2@example.org"


def test_an_edit_is_saved_with_a_trace(client, staff, outsider):
    client.force_login(staff)
    centre = make_cost_centre()
    response = client.post(
        edit_url(outsider), fields_of(outsider, title="Buyer", cost_centre=centre.pk, leaves_on="2027-01-29")
    )
    assert response.status_code == 303
    outsider.refresh_from_db()
    assert (outsider.title, outsider.cost_centre, outsider.leaves_on) == ("Buyer", centre, date(2027, 1, 29))
    changed = AuditEvent.objects.get(verb="portal.person_changed").changes
    assert set(changed) == {"title", "cost_centre", "leaves_on"}


def test_a_person_is_not_their_own_manager_nor_managed_by_a_report(client, staff, owner, manager):
    client.force_login(staff)
    response = client.post(edit_url(owner), fields_of(owner, manager=owner.email))
    assert "Nobody is their own manager." in str(response.context["form"].errors)
    make_person("Deep Report", manager=owner)
    response = client.post(edit_url(manager), fields_of(manager, manager="deep.report@example.org"))
    assert "Deep Report reports to Grace Adeyemi" in str(response.context["form"].errors)


def test_a_service_identity_holds_no_role(client, staff, board_member, owner):
    client.force_login(staff)
    response = client.post(edit_url(board_member), fields_of(board_member, is_service="on", steward=owner.email))
    assert "holds no role" in str(response.context["form"].errors)


def test_the_second_of_two_editors_sees_what_happened_and_can_save_again(client, staff, outsider):
    client.force_login(staff)
    mine = fields_of(outsider, title="Buyer")
    client.post(edit_url(outsider), fields_of(outsider, title="Planner"))
    response = client.post(edit_url(outsider), mine)

    assert response.status_code == 422
    assert "Somebody else changed Olga Petrova while you were editing." in response.content.decode()
    again = {**mine, "seen": response.context["form"]["seen"].value()}
    assert client.post(edit_url(outsider), again).status_code == 303
    outsider.refresh_from_db()
    assert outsider.title == "Buyer"


def test_a_closed_cost_centre_is_not_offered_but_kept(client, staff, outsider):
    outsider.cost_centre = make_cost_centre("410220", is_open=False)
    outsider.save()
    make_cost_centre("410299", is_open=False)
    client.force_login(staff)
    html = client.get(edit_url(outsider)).content.decode()
    assert "410220" in html
    assert "410299" not in html


def test_suggestions_are_active_people_only(client, outsider, owner):
    make_person("Priyanka Gone", is_active=False)
    make_person("Priya Service", is_service=True, steward=owner)
    client.force_login(outsider)
    html = client.get("/people/options/?manager=priy", headers={"HX-Request": "true", "HX-Trigger-Name": "manager"})
    assert html.content.decode().strip() == '<option value="Priya Nair &lt;priya.nair@example.org&gt;"></option>'
    assert client.get("/people/options/?q=p").content.decode().strip() == ""
