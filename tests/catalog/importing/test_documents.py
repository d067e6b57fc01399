import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.importing import backstage, manifests
from catalog.importing.found import BadFile
from catalog.importing.safe_zip import members, pack

COMPONENT = """
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: Rota
  description: Who works when.
  annotations: {github.com/project-slug: acme/rota, trellis/cost-centre: "410220"}
  links: [{url: "https://rota.example.org/", type: dashboard}]
spec: {owner: "user:default/priya.nair", dependsOn: ["component:till", "resource:db"], consumesApis: [hr]}
"""


def test_a_component_is_an_app_with_its_owner_and_dependencies():
    [found] = backstage.read(COMPONENT.encode())
    assert found.external_id == "component:default/rota"
    assert found.values == {
        "name": "Rota",
        "purpose": "Who works when.",
        "owner": "priya.nair",
        "url": "https://rota.example.org/",
        "repository_url": "https://github.com/acme/rota",
        "apps": ["component:default/till"],
        "connectors": ["hr"],
        "cost_centre": "410220",
    }
    assert found.raw["spec"]["dependsOn"] == ["component:till", "resource:db"]


def test_every_other_document_ends_with_a_sentence():
    text = (
        f"kind: API\nmetadata: {{name: x}}\n---\n{COMPONENT}\n---\n---\n"
        "just text\n---\nkind: Gizmo\nmetadata: {}\n---\na: [b\n"
    )
    found = list(backstage.read(text.encode()))
    assert [bool(one.refusal) for one in found] == [True, False, True, True, True]
    assert "kind API" in found[0].refusal
    assert "line" in found[4].refusal


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n"
        "d: [*c,*c,*c,*c,*c,*c,*c,*c]\n",
        "a: &a [*a]\n",
        "[" * 500 + "]" * 500,
        "!!python/object/apply:os.system [ls]\n",
        "? [a]\n: b\n",
    ],
)
def test_hostile_yaml_is_refused_in_no_time(text):
    [found] = backstage.read(text.encode())
    assert found.refusal


def test_a_zip_of_files_is_read_and_what_is_no_yaml_is_named():
    packed = pack([("a.yaml", COMPONENT.encode()), ("a.yaml", COMPONENT.encode()), ("readme.txt", b"hello")])
    found = list(backstage.read(packed))
    assert [one.refusal[:12] for one in found] == ["", "", "“readme.txt”"]


def zipped(name, content=b"x", **options):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = options.get("mode", 0) << 16
        archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        zipped("../../etc/passwd"),
        zipped("/etc/passwd"),
        zipped("C:evil.yaml"),
        zipped("link.yaml", mode=0o120777),
        zipped("bomb.yaml", b"\0" * 9_000_000),
        b"PK\x03\x04 not a zip",
    ],
)
def test_hostile_zips_are_refused(content):
    with pytest.raises(BadFile):
        list(members(content))


def test_a_manifest_gives_the_contract():
    text = """
name: Rota
purpose: Who works when.
owner: priya.nair@example.org
audience_size: 12
dependencies: {connectors: [], hosts: [api.example.org]}
"""
    [found] = manifests.read(text.encode())
    assert found.values["audience_size"] == "12"
    assert (found.values["connectors"], found.values["hosts"], "apps" in found.values) == (
        [],
        ["api.example.org"],
        False,
    )
    assert [bool(one.refusal) for one in manifests.read(b"- a\n---\nname: ''\n")] == [True, True]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    for read in (backstage.read, manifests.read):
        for found in read(text.encode("utf-8", "replace")):
            assert found.refusal or found.external_id
