"""CycloneDX, in JSON and XML. Components may hold components; they are walked without recursion."""

import re
from collections.abc import Iterator
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from catalog.sbom.document import DEEPEST, BadSbom, Document

VERSIONS = ("1.2", "1.3", "1.4", "1.5", "1.6", "1.7")
ROOT = re.compile(r"\{http://cyclonedx\.org/schema/bom/([\d.]+)\}bom")


def supported(version: str) -> str:
    if version not in VERSIONS:
        raise BadSbom(
            _("CycloneDX %(version)s is not read here. Use one of: %(versions)s.")
            % {"version": version[:20], "versions": ", ".join(VERSIONS)}
        )
    return version


def of_json(content: dict[str, Any]) -> Document:
    document = Document("CycloneDX", supported(str(content.get("specVersion"))))
    for part in walk(content.get("components") or [], lambda part: part.get("components") or []):
        group, name = part.get("group"), part["name"]
        licenses = [license_of(one) for one in part.get("licenses") or []]
        document.add(f"{group}/{name}" if group else name, part.get("version"), part.get("purl"), licenses)
    return document


def license_of(entry: dict[str, Any]) -> Any:
    named = entry.get("license") or {}
    return entry.get("expression") or named.get("id") or named.get("name")


def of_xml(content: bytes) -> Document:
    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise BadSbom(_("The XML holds a DTD or entities. Export it without them.")) from None
    except (ElementTree.ParseError, RecursionError, ValueError) as error:
        raise BadSbom(_("This is not XML: %(error)s") % {"error": str(error)[:200]}) from None
    found = ROOT.fullmatch(root.tag)
    if found is None:
        raise BadSbom(_("The XML is no CycloneDX document."))
    space = f"{{http://cyclonedx.org/schema/bom/{found[1]}}}"
    document = Document("CycloneDX", supported(found[1]))
    for part in walk(children(root, space), lambda part: children(part, space)):
        group, name, version, purl = (
            (part.findtext(space + tag) or "").strip() for tag in ("group", "name", "version", "purl")
        )
        places = ("license/{0}id", "license/{0}name", "expression")
        licenses = [
            (one.text or "").strip()
            for place in places
            for one in part.findall(f"{space}licenses/{space}{place.format(space)}")
        ]
        document.add(f"{group}/{name}" if group else name, version or None, purl, licenses)
    return document


def children(part: Any, space: str) -> list[Any]:
    below = part.find(f"{space}components")
    return list(below) if below is not None else []


def walk(parts: list[Any], below: Any) -> Iterator[Any]:
    """Each component before those it holds, in the order of the file."""
    waiting = [(part, 1) for part in reversed(parts)]
    while waiting:
        part, depth = waiting.pop()
        if depth > DEEPEST:
            raise BadSbom(_("Components stand more than %(most)d deep in each other.") % {"most": DEEPEST})
        yield part
        waiting.extend((one, depth + 1) for one in reversed(below(part)))
