import json
from html import unescape

import jsonschema_rs
import pytest
import yaml

from tests.makers.marketplace import METADATA


def test_anybody_and_any_tool_reads_the_schema_of_template_yaml(client):
    answer = client.get("/schemas/template.json")
    schema = json.loads(answer.content)
    assert answer["Content-Type"] == "application/schema+json" and answer["Access-Control-Allow-Origin"] == "*"
    assert schema["$id"].endswith("/schemas/template.json?v=1")
    validator = jsonschema_rs.Draft202012Validator(schema)
    assert validator.is_valid(METADATA) and not validator.is_valid({**METADATA, "kind": "game"})


@pytest.mark.django_db
def test_the_example_of_the_help_page_is_valid(client, owner):
    client.force_login(owner)
    page = client.get("/help/templates/")
    assert page.status_code == 200 and "/schemas/template.json" in page.content.decode()
    text = page.context["page"].html.split("<code>version: 1")[1].split("</code>")[0]
    schema = json.loads(client.get("/schemas/template.json").content)
    jsonschema_rs.Draft202012Validator(schema).validate(yaml.safe_load("version: 1" + unescape(text)))
