import pytest
from django.urls import reverse

from catalog.models import Connector, ConnectorUse
from catalog.states import AppState
from portal.models import AuditEvent
from tests.makers.catalog import make_app, make_connector

FORM = {"name": "Data lake", "summary": "Reads the lake.", "team": "Data", "data_classes": ["internal"], "host": ""}


@pytest.fixture
def keeper(client, staff):
    client.force_login(staff)
    return client


def names(response):
    return [connector.name for connector in response.context["connectors"].rows]


def test_the_list_counts_live_apps_and_shows_why_one_is_blocked(client, outsider):
    erp = make_connector("ERP")
    make_connector("Old FTP", status="blocked", status_reason="Clear text passwords.")
    for n, state in enumerate([AppState.ACTIVE, AppState.FLAGGED, AppState.ARCHIVED, AppState.DRAFT]):
        ConnectorUse.objects.create(app=make_app(f"App {n}", state=state), connector=erp)
    client.force_login(outsider)
    response = client.get("/connectors/")
    assert [(one.name, one.live_apps) for one in response.context["connectors"].rows] == [("ERP", 2), ("Old FTP", 0)]
    assert "Clear text passwords." in response.content.decode()
    assert "New connector" not in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["ERP", "Old FTP"]), ("status=blocked", ["Old FTP"]), ("q=erp", ["ERP"]), ("q=zzz", []),
        ("status=x&q=%00", ["ERP", "Old FTP"]),
    ],
)  # fmt: skip
def test_search_and_status(keeper, query, found):
    make_connector("ERP")
    make_connector("Old FTP", status="blocked", status_reason="Old.")
    assert names(keeper.get(f"/connectors/?{query}")) == found


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_however_long(keeper, django_assert_max_num_queries, count):
    Connector.objects.bulk_create(Connector(name=f"C {n}", slug=f"c-{n}", summary="s", team="t") for n in range(count))
    keeper.get("/connectors/")
    with django_assert_max_num_queries(12):
        assert len(keeper.get("/connectors/").context["connectors"].rows) == min(count, 60)


def test_the_page_lists_the_apps_the_reader_may_see(client, outsider):
    erp = make_connector("ERP")
    ConnectorUse.objects.create(app=make_app("Public"), connector=erp)
    ConnectorUse.objects.create(app=make_app("Secret", state=AppState.DRAFT), connector=erp)
    client.force_login(outsider)
    response = client.get(erp.get_absolute_url())
    assert [app.name for app in response.context["apps"].rows] == ["Public"]
    assert client.get(reverse("catalog:connector_by_id", args=[erp.pk])).url == erp.get_absolute_url()


def test_staff_add_and_change_a_connector(keeper):
    assert keeper.post("/connectors/new/", {**FORM, "host": "https://Lake.example.org/"}).status_code == 303
    lake = Connector.objects.get()
    assert (lake.slug, lake.host, lake.data_classes) == ("data-lake", "lake.example.org", ["internal"])
    assert keeper.post(f"/connectors/{lake.slug}/edit/", {**FORM, "team": "Analytics"}).status_code == 303
    assert AuditEvent.objects.about("catalog.connector", lake.pk)[0].changes["team"] == ["Data", "Analytics"]


@pytest.mark.parametrize("changes", [{"name": ""}, {"host": "no host"}, {"data_classes": []}, {"contact": "x"}])
def test_bad_input_is_sent_back(keeper, changes):
    assert keeper.post("/connectors/new/", {**FORM, **changes}).status_code == 422
    assert not Connector.objects.exists()


def test_a_name_that_exists_is_refused(keeper):
    make_connector("Data lake")
    assert keeper.post("/connectors/new/", FORM).status_code == 422


def test_block_and_approve_with_a_reason(keeper):
    erp = make_connector("ERP")
    assert keeper.get("/connectors/erp/block/").status_code == 200
    assert keeper.post("/connectors/erp/block/", {"reason": ""}).status_code == 422
    assert keeper.post("/connectors/erp/block/", {"reason": "Leaks salaries."}).status_code == 303
    assert keeper.post("/connectors/erp/block/", {"reason": "Leaks salaries."}).status_code == 409
    assert "Leaks salaries." in keeper.get("/connectors/erp/").content.decode()
    assert keeper.post("/connectors/erp/approval/", {"reason": "Fixed by now."}).status_code == 303
    erp.refresh_from_db()
    assert (erp.status, erp.status_reason) == ("approved", "Fixed by now.")


@pytest.mark.parametrize("path", ["new/", "erp/edit/", "erp/block/", "erp/approval/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_staff_keep_connectors(client, reviewer, path, method):
    make_connector("ERP")
    client.force_login(reviewer)
    assert getattr(client, method)(f"/connectors/{path}", FORM).status_code == 403
