"""Bills of materials: each standard, the real files where they are, and files that mean harm."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from catalog.sbom import BadSbom, read

REAL = Path(__file__).parents[4] / "shared" / "data" / "sbom"
PART = {"name": "left-pad", "version": "1.3.0", "purl": "pkg:npm/left-pad@1.3.0"}


def cyclonedx(*components, version="1.6", **more):
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": version, "components": components, **more}).encode()


def xml(body, version="1.4"):
    space = f"http://cyclonedx.org/schema/bom/{version}"
    return f'<?xml version="1.0"?><bom xmlns="{space}"><components>{body}</components></bom>'.encode()


@pytest.mark.parametrize("version", ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"])
def test_cyclonedx_as_json(version):
    licensed = {**PART, "group": "web", "licenses": [{"license": {"id": "MIT"}}, {"expression": "MIT OR Apache-2.0"}]}
    document = read(cyclonedx({**licensed, "components": [{"name": "inner"}]}, version=version))
    assert (document.format, document.spec_version) == ("CycloneDX", version)
    assert [one.as_json() for one in document.components] == [
        {
            "name": "web/left-pad",
            "version": "1.3.0",
            "purl": "pkg:npm/left-pad@1.3.0",
            "licenses": ["MIT", "MIT OR Apache-2.0"],
        },
        {"name": "inner", "version": None, "purl": None, "licenses": []},
    ]


def test_cyclonedx_as_xml():
    part = "<component type='library'><group>web</group><name>left-pad</name><version>1.3.0</version>"
    part += "<licenses><license><id>MIT</id></license></licenses><purl>pkg:npm/left-pad@1.3.0</purl></component>"
    (one,) = read(b"\xef\xbb\xbf" + xml(part)).components
    assert (one.name, one.version, one.purl, one.licenses) == (
        "web/left-pad",
        "1.3.0",
        "pkg:npm/left-pad@1.3.0",
        ["MIT"],
    )


def test_spdx_2():
    package = {
        "name": "left-pad",
        "versionInfo": "1.3.0",
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": "MIT",
        "externalRefs": [{"referenceType": "purl", "referenceLocator": PART["purl"]}],
    }
    document = read(json.dumps({"spdxVersion": "SPDX-2.3", "packages": [package]}).encode())
    (one,) = document.components
    assert (document.format, document.spec_version, one.licenses, one.purl) == ("SPDX", "2.3", ["MIT"], PART["purl"])


def test_spdx_3():
    graph = [
        {"type": "CreationInfo", "specVersion": "3.0.1"},
        {
            "type": "software_Package",
            "spdxId": "p",
            "name": "left-pad",
            "software_packageVersion": "1.3.0",
            "software_packageUrl": PART["purl"],
        },
        {"type": "simplelicensing_LicenseExpression", "spdxId": "l", "simplelicensing_licenseExpression": "MIT"},
        {"type": "Relationship", "relationshipType": "hasDeclaredLicense", "from": "p", "to": ["l"]},
    ]
    content = {"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": graph}
    document = read(json.dumps(content).encode())
    assert (document.spec_version, document.components[0].licenses) == ("3.0.1", ["MIT"])


def test_a_package_url_that_is_none_is_told_and_left_out():
    document = read(cyclonedx({"name": "odd", "purl": "left-pad"}))
    assert (document.components[0].purl, document.unread) == (None, ["left-pad"])


@pytest.mark.skipif(not REAL.is_dir(), reason="the real bills of materials are not on this machine")
@pytest.mark.parametrize(
    ("name", "components"),
    [
        ("dropwizard-cyclonedx.json", 167),
        ("laravel-cyclonedx-1.4.json", None),
        ("laravel-cyclonedx-1.4.xml", None),
        ("example11-spdx-2.3.json", None),
        ("example11-spdx-3.0.json", None),
        ("examplemaven-spdx-2.3.json", None),
    ],
)
def test_real_files(name, components):
    found = read((REAL / name).read_bytes()).components
    assert found
    assert all(one.name for one in found)
    assert components is None or len(found) == components


@pytest.mark.skipif(not REAL.is_dir(), reason="the real bills of materials are not on this machine")
def test_the_same_bill_in_both_forms_reads_the_same():
    forms = [read((REAL / f"laravel-cyclonedx-1.4.{kind}").read_bytes()) for kind in ("json", "xml")]
    assert [one.purl for one in forms[0].components] == [one.purl for one in forms[1].components]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE bom [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><components><component><name>&b;</name></component></components></bom>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE bom [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<bom xmlns="http://cyclonedx.org/schema/bom/1.4"><components><component><name>&x;</name></component></components></bom>"""


def nested(depth):
    part = {"name": "deep"}
    for _turn in range(depth):
        part = {"name": "deep", "components": [part]}
    return cyclonedx(part)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "neither JSON nor XML"),
        (b"[]", "one object"),
        (b"{}", "neither CycloneDX nor SPDX"),
        (b"\xff\xfe{}", "UTF-8"),
        (b'{"bomFormat": "\xe4"}', "UTF-8"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b"[" * 200_000, "nested too deep"),
        (cyclonedx(version="9.9"), "9.9 is not read here"),
        (cyclonedx({"version": "1"}), "form of its standard"),
        (cyclonedx({"name": 7}), "A text is expected"),
        (cyclonedx({"name": "a\x00b"}), "no"),
        (cyclonedx("text"), "form of its standard"),
        (nested(101), "deep in each other"),
        (BOMB, "DTD or entities"),
        (OUTSIDE, "DTD or entities"),
        (b"<html></html>", "no CycloneDX"),
        (b"<bom", "not XML"),
        (json.dumps({"artifacts": [], "descriptor": {}}).encode(), "syft scan"),
    ],
)
def test_what_cannot_be_read_says_why(content, says):
    began = time.monotonic()
    with pytest.raises(BadSbom, match=says if says != "no" else "character"):
        read(content)
    assert time.monotonic() - began < 5


def test_too_many_components():
    with pytest.raises(BadSbom, match="more than 50000"):
        read(cyclonedx(*[{"name": "x"}] * 50_001))


@given(some.binary(max_size=300) | some.text(max_size=300).map(str.encode))
@settings(max_examples=500, deadline=None)
def test_no_bytes_end_in_anything_but_a_sentence(content):
    with pytest.raises(BadSbom):
        read(content)


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=8),
    lambda below: some.lists(below, max_size=4) | some.dictionaries(some.text(max_size=8), below, max_size=4),
    max_leaves=12,
)


@given(components=JSON, licenses=JSON)
@settings(max_examples=500, deadline=None)
def test_no_shape_ends_in_anything_but_a_document_or_a_sentence(components, licenses):
    content = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": components}
    for shape in (content, {**content, "components": [{"name": "a", "licenses": licenses, "components": components}]}):
        try:
            assert read(json.dumps(shape).encode()).format == "CycloneDX"
        except BadSbom as error:
            assert str(error)
