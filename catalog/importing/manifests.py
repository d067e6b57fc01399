"""`microapp.yaml` manifests: the contract's fields at the places that `catalog.contract` gives them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from catalog.contract import FIELDS
from catalog.importing.documents import Document, list_at, text_at
from catalog.importing.documents import read as documents
from catalog.importing.found import Found
from catalog.importing.texts import tidy


def read(content: bytes, encoding: str = "") -> Iterator[Found]:
    """One Found for each manifest. Raises BadFile when the file as a whole cannot be read."""
    for document in documents(content, encoding):
        yield found_of(document)


def found_of(document: Document) -> Found:
    data = document.data
    name = tidy(text_at(data, "name"))
    found = Found(document.number, name[:200] or document.file[:200], raw=data if isinstance(data, dict) else {})
    if document.refusal:
        found.refusal = document.refusal
    elif not isinstance(data, dict) or not name:
        found.refusal = _("The document is no micro app manifest: it has no name.")
    else:
        found.external_id = tidy(text_at(data, "id") or text_at(data, "repository_url") or name.casefold())
        found.values = values_of(data)
    return found


def values_of(data: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, field in FIELDS.items():
        path = field.manifest.split(".")
        value = list_at(data, *path) if field.is_stated else text_at(data, *path)
        if value is not None and value != "":
            values[key] = value
    if ends := text_at(data, "expires_on"):
        values["expires_on"] = ends
    return values
