"""The JSON-LD contexts, shipped and pinned: a context fetched from the network could change what a signature covers.

From the W3C VC Data Model 2.0 and the Open Badges 3.0 specification (as packaged under MIT by the Digital Credentials
Consortium)."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "contexts"
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
PINNED = {
    CREDENTIALS: ("credentials-v2", "f2b6181bd8911ba0036db489f83e0eb7ff58728374a8e65f9000cef6de904835"),
    OPEN_BADGES: ("open-badges-3.0.3", "ca836d808e9a9fb27124d2b83df15e31a4b63c910cab870bf48dc35cc70185f2"),
    EXTENSIONS: ("open-badges-extensions", "7c24eea3ee3398f7449f53270721e5e384e48d3c8c29516cf1e2f0e383024084"),
}


class UnknownContext(Exception):
    """A document names a context, or a term, that nobody pinned."""


@cache
def context(url: str) -> dict[str, Any]:
    """Raises UnknownContext; a file that was altered is unknown too."""
    if url not in PINNED:
        raise UnknownContext(url)
    name, digest = PINNED[url]
    content = (FOLDER / f"{name}.json").read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise UnknownContext(url)
    found: dict[str, Any] = json.loads(content)["@context"]
    return found


def loader(url: str, options: object = None) -> dict[str, Any]:
    """The document loader of the JSON-LD library: nothing but the pinned files."""
    document = {"@context": context(url)}
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}


@cache
def terms() -> frozenset[str]:
    """Every term that a pinned context defines, at any depth."""
    found: set[str] = set()

    def collect(node: Any) -> None:
        if isinstance(node, dict):
            for key, value in node.items():
                if not key.startswith("@"):
                    found.add(key)
                collect(value)
        elif isinstance(node, list):
            for one in node:
                collect(one)

    for url in PINNED:
        collect(context(url))
    return frozenset(found)


def refuse_unknown_terms(document: Any) -> None:
    """Raise UnknownContext for a property that no context defines: canonicalisation would drop it without a word, so that
    something added after signing would still seem to be signed."""
    if isinstance(document, dict):
        for key, value in document.items():
            if key != "@context" and key not in terms():
                raise UnknownContext(key)
            if key != "@context":
                refuse_unknown_terms(value)
    elif isinstance(document, list):
        for one in document:
            refuse_unknown_terms(one)
