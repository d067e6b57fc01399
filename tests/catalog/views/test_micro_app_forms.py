from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.actions import micro_apps
from catalog.models import MicroApp
from catalog.states import AppState
from tests.makers.catalog import make_app, make_connector
from tests.makers.contracts import make_values
from tests.makers.portal import make_cost_centre, make_person
from tests.makers.posts import make_post

NEW = "/apps/new/"


@pytest.fixture
def maker(client, owner):
    client.force_login(owner)
    return client


def errors(response):
    return {name: [str(e) for e in lines] for name, lines in response.context["form"].errors.items()}


def test_the_profile_fills_what_it_knows(maker, owner):
    owner.cost_centre = make_cost_centre()
    owner.save()
    text = maker.get(NEW).content.decode()
    assert f'value="{owner.email}"' in text
    assert 'value="410220"' in text
    assert '<option value="retail" selected' in text
    assert text.count("Why is this asked?") == 18


def test_a_draft_is_saved_and_shown(maker, owner, second_owner):
    response = maker.post(NEW, make_post(owner, second_owner))
    app = MicroApp.objects.get()
    assert (response.status_code, response.url) == (303, app.get_absolute_url())
    assert (app.state, app.owner, app.second_owner) == (AppState.DRAFT, owner, second_owner)


def test_save_and_send_for_review(maker, owner, second_owner):
    maker.post(NEW, make_post(owner, second_owner, then="submit"))
    assert MicroApp.objects.get().state == AppState.IN_REVIEW


def test_the_same_form_sent_twice_makes_one_app(maker, owner, second_owner):
    post = make_post(owner, second_owner, creation_key=str(uuid4()), then="submit")
    first, second = maker.post(NEW, post), maker.post(NEW, post)
    assert first.url == second.url
    assert MicroApp.objects.count() == 1


@pytest.mark.parametrize(
    "field",
    ["name", "purpose", "justification", "owner", "second_owner", "contact", "business_unit", "cost_centre",
     "data_classification", "audience_size", "sla_tier", "lifespan_days"],
)  # fmt: skip
def test_every_mandatory_field_is_asked_for(maker, owner, second_owner, field):
    response = maker.post(NEW, make_post(owner, second_owner, **{field: ""}))
    assert response.status_code == 422
    assert field in errors(response)
    assert not MicroApp.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"second_owner": "priya.nair@example.org"}, "second_owner", "somebody else"),
        ({"owner": "nobody@example.org"}, "owner", "Nobody active is known"),
        ({"cost_centre": "12"}, "cost_centre", "6 digits"),
        ({"cost_centre": "999999"}, "cost_centre", "There is no cost centre 999999"),
        ({"needs_nothing": ""}, "needs_nothing", "tick that it needs nothing"),
        ({"hosts": "api.example.org"}, "needs_nothing", "Untick"),
        ({"hosts": "not a host", "needs_nothing": ""}, "hosts", "not a host name"),
        ({"apps": "No such app", "needs_nothing": ""}, "apps", "There is no app"),
        ({"lifespan_days": "9999"}, "lifespan_days", "730"),
        ({"url": "javascript:alert(1)"}, "url", "valid URL"),
    ],
)
def test_bad_input_gets_a_sentence(maker, owner, second_owner, changes, field, sentence):
    response = maker.post(NEW, make_post(owner, second_owner, **changes))
    assert response.status_code == 422
    assert sentence in " ".join(errors(response)[field])


def test_dependencies_are_kept(maker, owner, second_owner):
    make_connector("ERP")
    make_app("Store list", owner=owner, second_owner=second_owner)
    needs = {"connectors": ["erp"], "hosts": "https://API.example.org:8443/v1\nb.example", "apps": "Store list"}
    maker.post(NEW, make_post(owner, second_owner, needs_nothing="", **needs))
    app = MicroApp.objects.get(name="Shift swap")
    assert [use.connector.slug for use in app.connector_uses.all()] == ["erp"]
    assert sorted(host.host for host in app.hosts.all()) == ["api.example.org", "b.example"]
    assert [row.needed.name for row in app.needs.all()] == ["Store list"]


def test_a_blocked_connector_is_marked_and_refused_with_its_reason(maker, owner, second_owner):
    make_connector("Old ERP", status="blocked", status_reason="Leaks salaries.")
    assert "blocked: Leaks salaries." in maker.get(NEW).content.decode()
    response = maker.post(NEW, make_post(owner, second_owner, needs_nothing="", connectors=["old-erp"]))
    assert "Leaks salaries." in errors(response)["connectors"][0]


def test_an_app_keeps_a_connector_that_was_blocked_later(maker, owner, second_owner):
    erp = make_connector("ERP")
    app = micro_apps.create(by=owner, values=make_values(owner, second_owner, connectors=[erp]), now=timezone.now())
    erp.status, erp.status_reason = "blocked", "Old."
    erp.save()
    post = make_post(owner, second_owner, needs_nothing="", connectors=["erp"], purpose="Other.")
    assert maker.post(reverse("catalog:micro_app_edit", args=[app.slug]), post).status_code == 303
    app.refresh_from_db()
    assert (app.purpose, app.risk) == ("Other.", "high")


def test_a_service_identity_may_own_with_an_active_person_behind_it(maker, owner, second_owner):
    robot = make_person("Build robot", is_service=True, steward=owner)
    maker.post(NEW, make_post(robot, second_owner))
    assert MicroApp.objects.get().owner == robot
    owner_page = maker.get(MicroApp.objects.get().get_absolute_url())
    assert "Priya Nair answers for it" in owner_page.content.decode()
    second_owner.is_active = False
    second_owner.save()
    lone = make_person("Lone robot", is_service=True, steward=second_owner)
    response = maker.post(NEW, make_post(lone, owner))
    assert "without an active person" in errors(response)["owner"][0]


def test_apps_of_others_are_described_by_staff_only(maker, client, staff, second_owner, outsider):
    post = make_post(second_owner, outsider)
    assert "Name yourself" in errors(maker.post(NEW, post))["owner"][0]
    client.force_login(staff)
    assert client.post(NEW, post).status_code == 303


def test_an_edit_of_somebody_else_meanwhile_keeps_what_was_written(maker, owner, second_owner):
    app = micro_apps.create(by=owner, values=make_values(owner, second_owner), now=timezone.now() - timedelta(hours=1))
    url = reverse("catalog:micro_app_edit", args=[app.slug])
    seen = app.updated_at.isoformat()
    micro_apps.edit(app, by=second_owner, values={"purpose": "Theirs."}, now=timezone.now())
    response = maker.post(url, make_post(owner, second_owner, purpose="Mine.", seen_at=seen))
    text = response.content.decode()
    assert response.status_code == 409
    assert "Tomas Ruiz changed this app" in text
    assert "Mine." in text
    again = response.context["form"].data["seen_at"]
    assert maker.post(url, make_post(owner, second_owner, purpose="Mine.", seen_at=again)).status_code == 303
    app.refresh_from_db()
    assert app.purpose == "Mine."


def test_a_live_app_changes_its_owner_by_hand_over_only(maker, owner, second_owner, outsider):
    app = make_app(owner=owner, second_owner=second_owner)
    url = reverse("catalog:micro_app_edit", args=[app.slug])
    assert maker.post(url, make_post(outsider, second_owner, purpose="New.")).status_code == 303
    app.refresh_from_db()
    assert (app.owner, app.purpose) == (owner, "New.")


def test_an_edit_changes_nothing_but_what_was_written(maker, owner, second_owner):
    erp = make_connector("ERP")
    needed = make_app("Store list", owner=owner, second_owner=second_owner)
    values = make_values(owner, second_owner, connectors=[erp], hosts=["a.example"], apps=[needed])
    app = micro_apps.create(by=owner, values=values, now=timezone.now())
    url = reverse("catalog:micro_app_edit", args=[app.slug])
    form = maker.get(url).context["form"]
    post = {name: value for name in form.fields if (value := form[name].value()) is not None}
    assert maker.post(url, {**post, "needs_nothing": ""}).status_code == 303
    updated = app.updated_at
    app.refresh_from_db()
    assert app.updated_at == updated


@pytest.mark.parametrize(
    ("person", "status"), [("outsider", 403), ("reviewer", 403), ("staff", 200), ("second_owner", 200)]
)
def test_who_may_open_the_edit_page(request, client, owner, second_owner, person, status):
    app = make_app(owner=owner, second_owner=second_owner)
    client.force_login(request.getfixturevalue(person))
    assert client.get(reverse("catalog:micro_app_edit", args=[app.slug])).status_code == status


def test_a_draft_is_discarded_after_a_question(maker, owner, second_owner):
    app = make_app(owner=owner, second_owner=second_owner, state=AppState.DRAFT)
    url = reverse("catalog:micro_app_discard_create", args=[app.slug])
    assert "Discard" in maker.get(url).content.decode()
    assert maker.post(url).status_code == 303
    app.refresh_from_db()
    assert app.state == AppState.RETIRED


def test_suggestions(maker, second_owner):
    make_cost_centre(name="Stores north")
    people = maker.get("/apps/options/owners/?field=second_owner&second_owner=toma").content.decode()
    assert 'value="tomas.ruiz@example.org"' in people
    centres = maker.get("/apps/options/cost-centres/?field=cost_centre&cost_centre=4102").content.decode()
    assert 'value="410220"' in centres
    assert maker.get("/apps/options/owners/?field=owner&owner=t").content.strip() == b""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.dictionaries(st.sampled_from([
    "name", "purpose", "justification", "owner", "second_owner", "contact", "business_unit", "cost_centre", "hosts",
    "apps", "connectors", "audience_size", "lifespan_days", "creation_key", "seen_at", "url", "sla_tier",
]), st.text(max_size=40)))  # fmt: skip
def test_any_input_is_answered_with_a_page(maker, owner, second_owner, data):
    assert maker.post(NEW, make_post(owner, second_owner, **data)).status_code in (303, 422)
