"""SPDX, versions 2 and 3, in JSON."""

from collections import defaultdict
from typing import Any

from catalog.sbom.document import NOTHING, Document

LICENSED = ("hasDeclaredLicense", "hasConcludedLicense")


def of_version_2(content: dict[str, Any]) -> Document:
    document = Document("SPDX", str(content["spdxVersion"])[5:15])
    for part in content.get("packages") or []:
        said = [part.get("licenseConcluded"), part.get("licenseDeclared")]
        licenses = [one for one in said if one not in NOTHING][:1]
        refs = part.get("externalRefs") or []
        purl = next((ref.get("referenceLocator") for ref in refs if ref.get("referenceType") == "purl"), None)
        document.add(part["name"], part.get("versionInfo"), purl, licenses)
    return document


def of_version_3(content: dict[str, Any]) -> Document:
    graph = [node for node in content["@graph"] if isinstance(node, dict)]
    version = next((node.get("specVersion") for node in graph if node.get("type") == "CreationInfo"), None)
    document, licenses = Document("SPDX", str(version or "3.0")[:10]), licenses_in(graph)
    for node in graph:
        if node.get("type") == "software_Package":
            found = sorted(set(licenses[node.get("spdxId")]))
            document.add(node.get("name"), node.get("software_packageVersion"), purl_of(node), found)
    return document


def licenses_in(graph: list[dict[str, Any]]) -> dict[Any, list[str]]:
    """License expressions by the package they are said of."""
    by_id = {node.get("spdxId") or node.get("@id"): node for node in graph}
    found: dict[Any, list[str]] = defaultdict(list)
    for node in graph:
        if node.get("type") == "Relationship" and node.get("relationshipType") in LICENSED:
            for target in node.get("to") or []:
                license = target if isinstance(target, dict) else by_id.get(target, {})
                expression = license.get("simplelicensing_licenseExpression")
                if expression not in NOTHING:
                    found[node.get("from")].append(str(expression))
    return found


def purl_of(node: dict[str, Any]) -> Any:
    if node.get("software_packageUrl"):
        return node["software_packageUrl"]
    for one in node.get("externalIdentifier") or []:
        if isinstance(one, dict) and one.get("externalIdentifierType") == "packageUrl":
            return one.get("identifier")
    return None
