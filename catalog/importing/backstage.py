"""Backstage `catalog-info.yaml`: a Component is an app; every other kind is named and left where it is."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from catalog.importing.documents import Document, list_at, text_at
from catalog.importing.documents import read as documents
from catalog.importing.found import Found
from catalog.importing.texts import tidy

APP_KINDS = frozenset({"component"})
OTHER_KINDS = frozenset({"system", "api", "domain", "location", "group", "user", "resource", "template"})
ANNOTATION = "trellis/"


def read(content: bytes, encoding: str = "") -> Iterator[Found]:
    """One Found for each document. Raises BadFile when the file as a whole cannot be read."""
    for document in documents(content, encoding):
        yield found_of(document)


def found_of(document: Document) -> Found:
    data = document.data
    name = tidy(text_at(data, "metadata", "title") or text_at(data, "metadata", "name"))
    found = Found(document.number, name[:200] or document.file[:200], raw=data if isinstance(data, dict) else {})
    found.refusal = document.refusal or refusal_of(data)
    if found.refusal:
        return found
    found.external_id = reference(text_at(data, "metadata", "name"), namespace=text_at(data, "metadata", "namespace"))
    found.values = values_of(data, name)
    return found


def refusal_of(data: Any) -> str:
    if not isinstance(data, dict) or not isinstance(data.get("kind"), str) or "metadata" not in data:
        return _("The document is no Backstage entity: it has no kind and metadata.")
    kind = data["kind"]
    if kind.lower() in OTHER_KINDS:
        return _("The document is of kind %(kind)s. Only a Component is an app, so it stays in Backstage.") % {
            "kind": kind
        }
    if kind.lower() not in APP_KINDS:
        return _("The document is of kind “%(kind)s”, which Backstage does not define.") % {"kind": kind[:40]}
    if not tidy(text_at(data, "metadata", "name")):
        return _("The Component has no name. Give it metadata.name.")
    return ""


def reference(name: str, *, kind: str = "component", namespace: str = "") -> str:
    """`component:default/name`, in lower case, as Backstage compares references."""
    return f"{kind}:{namespace or 'default'}/{tidy(name)}".lower()


def full_reference(text: str, kind: str = "component") -> str:
    """A short reference such as `cert-manager` or `component:cert-manager`, written out."""
    head, colon, tail = text.partition(":")
    if colon:
        kind, text = head, tail
    namespace, slash, name = text.partition("/")
    return reference(name, kind=kind, namespace=namespace) if slash else reference(text, kind=kind)


def short_name(text: str) -> str:
    """The name in a reference: `user:default/jane.doe` is `jane.doe`."""
    return text.rpartition("/")[2].rpartition(":")[2].strip()


def values_of(data: dict[str, Any], name: str) -> dict[str, Any]:
    values: dict[str, Any] = {
        "name": name,
        "purpose": text_at(data, "metadata", "description"),
        "owner": short_name(text_at(data, "spec", "owner")),
        "url": link(data, "dashboard", "website", "app"),
        "repository_url": repository(data),
    }
    if (needs := list_at(data, "spec", "dependsOn")) is not None:
        values["apps"] = [full_reference(n) for n in needs if full_reference(n).startswith("component:")]
    if (apis := list_at(data, "spec", "consumesApis")) is not None:
        values["connectors"] = [short_name(api) for api in apis]
    annotations = data["metadata"].get("annotations") if isinstance(data["metadata"], dict) else None
    for key, text in (annotations if isinstance(annotations, dict) else {}).items():
        if key.startswith(ANNOTATION) and isinstance(text, str | int):
            values[key.removeprefix(ANNOTATION).replace("-", "_")] = str(text)
    return {key: value for key, value in values.items() if value not in ("", None)}


def links(data: dict[str, Any]) -> list[dict[str, Any]]:
    found = data["metadata"].get("links") if isinstance(data.get("metadata"), dict) else None
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def link(data: dict[str, Any], *types: str) -> str:
    return next((text_at(entry, "url") for kind in types for entry in links(data) if entry.get("type") == kind), "")


def repository(data: dict[str, Any]) -> str:
    source = text_at(data, "metadata", "annotations", "backstage.io/source-location").removeprefix("url:")
    if source.startswith("http"):
        return source
    if slug := text_at(data, "metadata", "annotations", "github.com/project-slug"):
        return f"https://github.com/{slug}"
    return link(data, "github-repository", "repository")
