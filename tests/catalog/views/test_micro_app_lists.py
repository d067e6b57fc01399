import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from catalog.models import AppFigures, ConnectorUse, MicroApp
from catalog.states import AppState
from tests.makers.catalog import make_app, make_connector
from tests.makers.portal import make_person, make_unit

LIST, MINE = "/apps/", "/apps/mine/"


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.fixture
def reader(client, outsider):
    client.force_login(outsider)
    return client


def names(response):
    return [app.name for app in response.context["apps"].rows]


def many(count, **fields):
    now, template = timezone.now(), make_app("Template", **fields)
    rows = []
    for n in range(count - 1):
        row = MicroApp.objects.get(pk=template.pk)
        row.pk, row.slug, row.name = None, f"app-{n:03}", f"App {n:03}"
        row.expires_on = (now + timedelta(days=n)).date()
        rows.append(row)
    MicroApp.objects.bulk_create(rows)
    AppFigures.objects.filter(app__in=rows[::2]).update(active_users=5)
    use = make_connector("ERP")
    ConnectorUse.objects.bulk_create(ConnectorUse(app=app, connector=use) for app in MicroApp.objects.all())


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_however_long(reader, django_assert_num_queries, count):
    many(count)
    reader.get(LIST)  # session, and what is kept between pages
    with django_assert_num_queries(11):
        assert reader.get(LIST).context["counted"].total == count


def test_every_page_is_reached_forth_and_back(reader):
    many(130)
    seen, url = [], LIST
    while url:
        response = reader.get(url)
        seen.append(names(response))
        cursor = response.context["apps"].next
        url = f"{LIST}?after={cursor}" if cursor else ""
    assert [len(part) for part in seen] == [50, 50, 30]
    assert sum(seen, []) == sorted(MicroApp.objects.values_list("name", flat=True))
    back = reader.get(f"{LIST}?before={response.context['apps'].previous}")
    assert names(back) == seen[1]


def test_an_outsider_does_not_find_drafts_but_their_owner_does(client, reader, owner, second_owner):
    make_app("Secret draft", owner=owner, second_owner=second_owner, state=AppState.DRAFT)
    make_app("Public app", owner=owner, second_owner=second_owner)
    assert names(reader.get(LIST)) == ["Public app"]
    assert reader.get(LIST).context["counted"].everything == 1
    client.force_login(owner)
    assert names(client.get(LIST)) == ["Public app", "Secret draft"]


def test_my_apps_are_those_i_own_stand_in_for_or_answer_for(client, owner, second_owner, outsider):
    service = make_person("Build robot", is_service=True, steward=outsider)
    make_app("Owned", owner=outsider, second_owner=owner)
    make_app("Seconded", owner=owner, second_owner=outsider)
    make_app("Robot's", owner=service, second_owner=owner, state=AppState.DRAFT)
    make_app("Somebody else's", owner=owner, second_owner=second_owner)
    client.force_login(outsider)
    assert names(client.get(MINE)) == ["Owned", "Robot's", "Seconded"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=flagged", ["Beta"]),
        ("status=flagged&status=archived", ["Beta", "Gamma"]),
        ("risk=high", ["Gamma"]),
        ("unit=retail", ["Alpha", "Beta", "Gamma"]),
        ("unit=stores", ["Beta"]),
        ("connector=erp", ["Alpha"]),
        ("use=unused", ["Beta"]),
        ("use=unknown", ["Gamma"]),
        ("use=in_use", ["Alpha"]),
        ("ends=week", ["Alpha"]),
        ("ends=grace", ["Beta"]),
        ("ends=grace&ends=week&risk=low", ["Alpha", "Beta"]),
        ("q=beta", ["Beta"]),
        ("q=Gama", ["Gamma"]),
        ("q=warehouse", ["Gamma"]),
        ("status=nonsense&unit=nowhere&sort=%00&after=%00", ["Alpha", "Beta", "Gamma"]),
        ("sort=-name", ["Gamma", "Beta", "Alpha"]),
        ("sort=-used", ["Alpha", "Beta", "Gamma"]),
        ("sort=ends", ["Beta", "Alpha", "Gamma"]),
    ],
)
def test_the_list_is_narrowed_and_sorted_by_its_address(reader, query, found):
    today = timezone.now().date()
    retail = make_unit()
    alpha = make_app("Alpha", business_unit=retail, active_users=9, expires_on=today + timedelta(days=5))
    ConnectorUse.objects.create(app=alpha, connector=make_connector("ERP"))
    make_app(
        "Beta", business_unit=make_unit("Stores", parent=retail), state=AppState.FLAGGED, active_users=1,
        expires_on=today - timedelta(days=3),
    )  # fmt: skip
    make_app(
        "Gamma", business_unit=retail, state=AppState.ARCHIVED, risk="high", purpose="Counts the warehouse.",
        expires_on=today + timedelta(days=50),
    )  # fmt: skip
    response = reader.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert names(response) == found
    assert response.context["counted"].total == len(found)


def test_counts_leave_out_the_choices_of_their_own_filter(reader):
    make_app("Alpha", risk="low")
    make_app("Beta", risk="low", state=AppState.FLAGGED)
    make_app("Gamma", risk="high", state=AppState.FLAGGED)
    facets = {facet.name: facet for facet in reader.get(f"{LIST}?status=flagged&risk=low").context["counted"].facets}
    assert {o.value: o.count for o in facets["status"].options if o.count} == {"active": 1, "flagged": 1}
    assert {o.value: o.count for o in facets["risk"].options} == {"low": 1, "medium": 0, "high": 1}


def test_a_unit_counts_what_lies_under_it(reader):
    retail = make_unit()
    make_app("Alpha", business_unit=retail)
    make_app("Beta", business_unit=make_unit("Stores", parent=retail))
    facets = {facet.name: facet for facet in reader.get(LIST).context["counted"].facets}
    assert {o.value: o.count for o in facets["unit"].options} == {"retail": 2, "stores": 1}


def test_in_a_large_catalog_counts_are_kept_for_a_minute_and_the_page_says_so(reader, monkeypatch):
    monkeypatch.setattr("catalog.filters.facets.EXACT_UP_TO", 1)
    make_app("Alpha")
    make_app("Beta")
    response = reader.get(LIST)
    assert "a minute old" in response.content.decode()
    make_app("Gamma")
    assert reader.get(LIST).context["counted"].total == 2
    assert names(reader.get(LIST)) == ["Alpha", "Beta", "Gamma"]


def test_htmx_gets_the_table_alone(reader):
    make_app("Alpha")
    body = reader.get(LIST, headers={"HX-Request": "true"}).content.decode()
    assert body.lstrip().startswith('<div class="browse" id="micro_app_table"')
    assert "<html" not in body


def test_the_sorted_column_is_announced(reader):
    make_app("Alpha")
    body = reader.get(f"{LIST}?sort=-used").content.decode()
    assert re.search(r'aria-sort="descending"><a[^>]*sort=used', body)


def test_chips_take_one_filter_away(reader):
    make_app("Alpha")
    chips = reader.get(f"{LIST}?status=active&risk=low&after=x").context["chips"]
    assert [(chip.label, chip.url) for chip in chips] == [
        ("Status: Active", "?risk=low"),
        ("Risk: Low risk", "?status=active"),
    ]


def test_the_bulk_bar_is_for_those_who_may_act(client, owner, outsider, staff):
    mine = make_app("Mine", owner=owner)
    other = make_app("Other", owner=make_person("Ida Berg"))
    for person, expected in ((owner, {mine.pk}), (outsider, set()), (staff, {mine.pk, other.pk})):
        client.force_login(person)
        response = client.get(LIST)
        if response.context["bulk_url"]:
            assert set(response.context["may_act"]) == expected


def test_nothing_found_says_what_to_do(reader):
    make_app("Alpha")
    assert "Clear search and filters" in reader.get(f"{LIST}?q=zzzz").content.decode()
    assert "Describe a new app" in reader.get(MINE).content.decode()


def test_the_list_is_read_only(reader):
    assert reader.post(reverse("catalog:micro_app_list")).status_code == 405
