import pytest
import yaml
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import manifest
from catalog.actions import micro_apps
from catalog.contract import FIELDS, gaps
from catalog.models import MicroApp
from tests.makers.catalog import make_app, make_connector
from tests.makers.contracts import make_values

GOOD = """\
version: 1
name: Shift swap
purpose: Colleagues trade shifts.
justification: Saves an hour a week.
owner: priya.nair@example.org
second_owner: tomas.ruiz@example.org
contact: stores@example.org
business_unit: retail
cost_centre: "410220"
data_classification: internal
audience_size: 40
sla_tier: best_effort
lifespan_days: 120
dependencies:
  connectors: [erp]
  hosts:
    - api.example.org
  apps: []
"""


def said(text):
    return [str(problem) for problem in manifest.read(text).problems]


def test_a_good_manifest_yields_the_contract():
    found = manifest.read(GOOD)
    assert found.problems == []
    assert gaps(found.values) == []
    assert found.values["hosts"] == ["api.example.org"]
    assert found.values["lifespan_days"] == 120


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("name: Shift swap\n", "", "“name” is missing."),
        ("version: 1", "version: 2", "Line 1: “version” is 1"),
        ('"410220"', "410220", "Line 9: “cost_centre” has six digits and stands in quotes"),
        ('"410220"', '"41"', "Line 9: “cost_centre” has six digits"),
        ("audience_size: 40", "audience_size: many", "Line 11: “audience_size” is a whole number."),
        ("audience_size: 40", "audience_size: 0", "Line 11: “audience_size” is at least 1."),
        ("sla_tier: best_effort", "sla_tier: gold", "Line 12: “sla_tier” is one of: best_effort, business_hours"),
        ("contact: stores@example.org", "contact: stores", "Line 7: “contact” is an e-mail address."),
        ("lifespan_days: 120", "lifespan_days: 9999", "Line 13: “lifespan_days” is at most 730."),
        ("name: Shift swap", "name: 2026-01-01", None),
        ("name: Shift swap", "name: [a]", "Line 2: “name” is text"),
        ("  apps: []", "", "“dependencies.apps” is missing."),
        ("  apps: []", "  apps: none", "Line 18: “dependencies.apps” is a list"),
        ("  apps: []", "  apps: []\n  apis: []", "Line 19: A manifest has no field “apis”"),
        ("version: 1", "version: 1\nname: Twice", "Line 3: “name” stands here a second time"),
        ("version: 1", "version: 1\nurl: nowhere", "Line 2: “url” is a full address"),
    ],
)
def test_each_mistake_gets_its_line_and_what_to_write(old, new, sentence):
    problems = said(GOOD.replace(old, new))
    if sentence is None:
        assert problems == []
    else:
        assert any(sentence in problem for problem in problems), problems


@pytest.mark.parametrize(
    "text",
    [
        "a: &x [1]\nb: *x",
        "x" * 70_000,
        "[" * 50,
        "- 1\n- 2",
        "just words",
        "",
        "a: b\n---\nc: d",
        "!!python/object/apply:os.system ['true']",
        "a: [unclosed",
        "\x00",
        b"\xff\xfe",
        "a: " + "[1," * 5 + "]" * 5,
        "when: 2026-99-99",
        "? [a]\n: b",
        "number: .nan",
    ],
)
def test_what_is_no_manifest_is_refused_with_a_sentence(text):
    assert said(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200) | st.binary(max_size=100))
def test_any_text_is_read_or_refused(text):
    found = manifest.read(text)
    assert found.problems
    assert set(found.values) <= set(FIELDS)


@pytest.mark.django_db
def test_what_is_written_reads_back_the_same(owner, second_owner):
    erp, needed = make_connector("ERP"), make_app("Store list")
    values = make_values(
        owner, second_owner, name="Überstunden: “fünf” #1", purpose="- not a list: {}", connectors=[erp],
        hosts=["b.example", "a.example"], apps=[needed], url="https://apps.example.org/x",
    )  # fmt: skip
    app = MicroApp.objects.get(pk=micro_apps.create(by=owner, values=values, now=timezone.now()).pk)
    found = manifest.read(manifest.write(app))
    assert found.problems == []
    assert found.values["name"] == values["name"]
    assert found.values["hosts"] == ["a.example", "b.example"]
    assert (found.values["connectors"], found.values["apps"]) == (["erp"], ["store-list"])
    assert found.values["owner"] == owner.email
    assert gaps(found.values) == []


@pytest.mark.django_db
def test_the_schema_is_published_to_everyone_and_names_its_version(client):
    response = client.get(reverse("catalog:manifest_schema"))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/schema+json"
    assert response.json()["$id"].endswith("/schemas/microapp.json?v=1")
    lines = {field.manifest.split(".")[0] for field in FIELDS.values()}
    assert set(response.json()["properties"]) == lines | {"version"}


@pytest.mark.django_db
def test_a_manifest_fills_the_form_and_the_form_makes_the_app(client, owner, second_owner):
    make_connector("ERP")
    client.force_login(owner)
    make_app("Other", owner=owner, second_owner=second_owner)
    response = client.post("/apps/manifest/", {"text": GOOD})
    form = response.context["form"]
    assert form["name"].value() == "Shift swap"
    assert MicroApp.objects.count() == 1
    post = {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}
    assert client.post("/apps/new/", post).status_code == 303
    app = MicroApp.objects.get(name="Shift swap")
    assert [use.connector.name for use in app.connector_uses.all()] == ["ERP"]
    assert yaml.safe_load(b"".join(client.get(f"/apps/{app.slug}/microapp.yaml"))) == yaml.safe_load(GOOD)


@pytest.mark.django_db
def test_a_bad_manifest_keeps_its_text_and_says_what_is_wrong(client, owner):
    client.force_login(owner)
    response = client.post("/apps/manifest/", {"text": GOOD.replace("version: 1", "version: 2")})
    assert response.status_code == 422
    assert "Line 1" in response.content.decode()
    assert "Colleagues trade shifts." in response.content.decode()
    assert client.post("/apps/manifest/", {}).status_code == 422
