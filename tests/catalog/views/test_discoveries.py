import pytest
from django.urls import reverse

from catalog.actions import adoptions, import_runs
from catalog.models import Discovery, ImportRow, MicroApp
from portal.models import AuditEvent, Notification
from tests.makers.catalog import NOW, make_app
from tests.makers.imports import WHOLE, table, uploaded
from tests.makers.portal import make_cost_centre

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def company(owner, second_owner):
    make_cost_centre()


def find(staff, *rows):
    """Discoveries as an import leaves them: the cost centre is missing."""
    rows = rows or ({},)
    columns = tuple(name for name in WHOLE if name != "Cost centre")
    import_runs.process(uploaded(table(*rows, columns=columns), staff), dry=False, by=staff, now=NOW)
    return Discovery.objects.first()


@pytest.fixture
def discovery(staff):
    return find(staff)


def post(client, user, view, discovery, /, **data):
    client.force_login(user)
    return client.post(reverse(f"catalog:{view}", args=[discovery.pk]), data)


def contract(client, user, discovery, **changes):
    """What the adoption page would send, with the gap filled."""
    client.force_login(user)
    form = client.get(reverse("catalog:adoption_create", args=[discovery.pk])).context["form"]
    data = {field.html_name: field.value() for field in form}
    data = {k: getattr(v, "pk", v) for k, v in data.items() if v is not None and k != "connectors"}
    return {**data, "cost_centre": make_cost_centre().pk, **changes}


def test_contact_asks_the_owner_once_and_reopening_allows_it_again(client, staff, owner, discovery):
    assert post(client, staff, "discovery_contact_create", discovery).status_code == 303
    assert post(client, staff, "discovery_contact_create", discovery).status_code == 409
    asked = Notification.objects.get(user=owner)
    assert (asked.url, asked.asks) == (discovery.get_absolute_url(), True)
    assert post(client, staff, "discovery_reopening_create", discovery).status_code == 303
    assert Discovery.objects.get().state == "open"


def test_retiring_needs_a_reason_and_is_audited(client, staff, discovery):
    assert post(client, staff, "discovery_retirement_create", discovery, reason=" ").status_code == 422
    assert post(client, staff, "discovery_retirement_create", discovery, reason="Switched off.").status_code == 303
    assert AuditEvent.objects.get(verb="catalog.discovery_retired").reason == "Switched off."
    assert post(client, staff, "discovery_retirement_create", discovery, reason="Again.").status_code == 409


def test_its_owner_adopts_it_and_the_source_is_linked(client, staff, owner, discovery):
    post(client, staff, "discovery_contact_create", discovery)
    response = post(client, owner, "adoption_create", discovery, **contract(client, owner, discovery))
    app = MicroApp.objects.get()
    discovery.refresh_from_db()
    assert response.status_code == 303
    assert (app.state, app.owner, app.audience_size, app.external_id) == ("draft", owner, 1200, "a-1")
    assert (discovery.state, discovery.adopted_as) == ("adopted", app)
    assert Notification.objects.get(kind="discovery_contact").closed_at is not None
    again = uploaded(table({"Purpose": "The source's new words."}), staff)
    assert import_runs.process(again, dry=False, by=staff, now=NOW) == {"updated": 1}


def test_two_people_adopting_at_once_get_one_app(client, staff, owner, second_owner, discovery):
    client.force_login(staff)
    values = {
        "name": "Shift swap", "purpose": "p", "justification": "j", "owner": owner, "second_owner": second_owner,
        "contact": "a@example.org", "business_unit": owner.business_unit, "cost_centre": make_cost_centre(),
        "data_classification": "internal", "audience_size": 1, "sla_tier": "critical", "lifespan_days": 90,
        "connectors": [], "hosts": [], "apps": [],
    }  # fmt: skip
    first = adoptions.adopt(discovery, values=values, by=staff, now=NOW)
    second = adoptions.adopt(discovery, values=values, by=owner, now=NOW)
    assert first == second == MicroApp.objects.get()


def test_adoption_says_what_is_wrong_at_its_field(client, staff, owner, discovery):
    data = contract(client, staff, discovery, second_owner=owner.email, hosts="not a host", apps="nowhere")
    response = post(client, staff, "adoption_create", discovery, **data)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"second_owner", "hosts", "apps"}
    assert not MicroApp.objects.exists()


def test_an_outsider_sees_and_does_nothing(client, outsider, discovery):
    client.force_login(outsider)
    assert client.get(reverse("catalog:discovery_list")).status_code == 403
    assert (
        client.post(reverse("catalog:discovery_bulk_create"), {"pks": discovery.pk, "act": "contact"}).status_code
        == 403
    )
    assert client.get(discovery.get_absolute_url()).status_code == 404
    for name in (
        "adoption_create",
        "discovery_contact_create",
        "discovery_retirement_create",
        "discovery_reopening_create",
    ):
        assert post(client, outsider, name, discovery, reason="x").status_code == 404


def test_the_owner_may_not_triage(client, owner, discovery):
    assert client.get(discovery.get_absolute_url()).status_code == 302
    for name in ("discovery_contact_create", "discovery_retirement_create", "discovery_reopening_create"):
        assert post(client, owner, name, discovery, reason="x").status_code == 403


def test_bulk_acts_answer_for_each(client, staff):
    find(staff, {}, {"App ID": "a-2", "App name": "Rota", "Owner email": "nobody@example.org"})
    client.force_login(staff)
    pks = list(Discovery.objects.values_list("pk", flat=True))
    response = client.post(reverse("catalog:discovery_bulk_create"), {"pks": [*pks, "x", "9" * 30], "act": "contact"})
    assert [result.done for result in response.context["results"]] == [True, False]
    assert "Nobody here is known as its owner" in response.content.decode()
    response = client.post(
        reverse("catalog:discovery_bulk_create"), {"pks": pks, "act": "retire", "bulk-reason": "Old."}
    )
    assert response.context["done"] == 2


def test_facets_count_without_their_own_choice(client, staff):
    find(staff, {}, {"App ID": "a-2", "App name": "Rota", "Owner email": "nobody@example.org"})
    client.force_login(staff)
    response = client.get(reverse("catalog:discovery_list"), {"owner": "known", "state": "bogus", "q": "\x00"})
    facets = {facet.name: {o.value: o.count for o in facet.options} for facet in response.context["facets"]}
    assert response.context["total"] == 1
    assert facets["owner"] == {"known": 1, "unknown": 1}
    assert facets["state"]["open"] == 1


def test_similar_apps_are_suggested_and_gaps_said(client, staff, discovery):
    make_app("Shift swaps")
    client.force_login(staff)
    page = client.get(discovery.get_absolute_url()).content.decode()
    assert "Shift swaps" in page
    assert "The source does not say it." in page
    assert ImportRow.objects.get().discovery == discovery


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_queries_however_long(client, staff, django_assert_num_queries, count):
    find(staff, *({"App ID": f"a-{i}", "App name": f"App {i}"} for i in range(count)))
    client.force_login(staff)
    client.get(reverse("catalog:discovery_list"))
    with django_assert_num_queries(12):
        client.get(reverse("catalog:discovery_list"))
