import csv
import io
import json

import pytest
import yaml

from catalog.models import AppDependency, ConnectorUse, ExternalHost
from catalog.states import AppState
from tests.makers.catalog import make_app, make_connector


@pytest.fixture
def reader(client, outsider):
    client.force_login(outsider)
    return client


def body(response):
    return b"".join(response).decode()


def table(response):
    return list(csv.DictReader(io.StringIO(body(response).removeprefix("\ufeff"))))


def test_the_csv_holds_exactly_what_the_list_shows(reader):
    make_app("Alpha", risk="high")
    make_app("Beta")
    make_app("Gamma", risk="high")
    make_app("Secret", risk="high", state=AppState.DRAFT)
    query = "risk=high&sort=-name"
    shown = [app.name for app in reader.get(f"/apps/?{query}").context["apps"].rows]
    assert [row["name"] for row in table(reader.get(f"/exports/apps.csv?{query}"))] == shown == ["Gamma", "Alpha"]
    assert [row["name"] for row in json.loads(body(reader.get(f"/exports/apps.json?{query}")))] == shown
    entities = yaml.safe_load_all(body(reader.get(f"/exports/catalog-info.yaml?{query}")))
    assert [entity["metadata"]["title"] for entity in entities] == shown


def test_mine(client, owner, outsider):
    make_app("Mine", owner=owner)
    make_app("Theirs", owner=outsider)
    client.force_login(outsider)
    assert [row["name"] for row in table(client.get("/exports/apps.csv?mine=1"))] == ["Theirs"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_no_cell_is_a_formula(reader, name):
    make_app(name, slug="x", purpose=name)
    row = table(reader.get("/exports/apps.csv"))[0]
    assert row["name"] == f"'{name}"
    assert row["purpose"] == f"'{name}"


def test_a_long_list_is_streamed_in_few_queries(reader, django_assert_max_num_queries):
    erp = make_connector("ERP")
    for n in range(40):
        ConnectorUse.objects.create(app=make_app(f"App {n}"), connector=erp)
    reader.get("/exports/apps.csv")
    with django_assert_max_num_queries(12):
        assert len(table(reader.get("/exports/apps.csv"))) == 40


def test_nothing_to_export_is_still_a_file(reader):
    assert table(reader.get("/exports/apps.csv")) == []
    assert json.loads(body(reader.get("/exports/apps.json"))) == []
    assert body(reader.get("/exports/catalog-info.yaml")) == ""


def test_one_app_as_catalog_info(reader):
    app, needed = make_app("Alpha"), make_app("Beta")
    ConnectorUse.objects.create(app=app, connector=make_connector("ERP"))
    ExternalHost.objects.create(app=app, host="api.example.org")
    AppDependency.objects.create(app=app, needed=needed)
    entity = yaml.safe_load(body(reader.get("/apps/alpha/catalog-info.yaml")))
    assert (entity["kind"], entity["metadata"]["name"], entity["spec"]["lifecycle"]) == (
        "Component",
        "alpha",
        "production",
    )
    assert entity["spec"]["dependsOn"] == [
        "resource:default/erp",
        "component:default/beta",
        "resource:default/api.example.org",
    ]
    assert entity["metadata"]["annotations"]["trellis/cost-centre"] == "410220"
