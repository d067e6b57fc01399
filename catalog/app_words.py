"""What a template is told of the app it becomes: the contract in plain values, and the manifest as text."""

from collections.abc import Mapping, Sequence
from typing import Any

from catalog import manifest
from catalog.contract import FIELDS

PLAIN = (
    "name", "purpose", "owner", "second_owner", "contact", "business_unit", "cost_centre", "data_classification",
    "audience_size", "lifespan_days", "hosts", "connectors",
)  # fmt: skip
SAMPLE: dict[str, Any] = {
    "name": "Sample app",
    "purpose": "Shows what a clone looks like.",
    "justification": "Made by the check of its template.",
    "owner": "owner@example.org",
    "second_owner": "second@example.org",
    "contact": "help@example.org",
    "business_unit": "OPS",
    "cost_centre": "100000",
    "data_classification": "internal",
    "audience_size": 20,
    "sla_tier": "best_effort",
    "connectors": [],
    "hosts": [],
    "apps": [],
    "lifespan_days": 90,
    "tags": {},
}


def words(contract: Mapping[str, Any], *, slug: str, page: str = "", telemetry: str = "") -> dict[str, Any]:
    """`page` is the app's page here; `telemetry` the address that counts its use, empty for none."""
    return {
        **{key: contract[key] for key in PLAIN},
        "slug": slug,
        "url": contract.get("url") or "",
        "page": page,
        "telemetry": telemetry,
        "manifest": manifest.text_of(contract),
    }


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The contract as a form hands it over, in the plain values of a manifest."""
    named = {
        "owner": values["owner"].email,
        "second_owner": values["second_owner"].email,
        "business_unit": values["business_unit"].code,
        "cost_centre": values["cost_centre"].code,
        "connectors": sorted(one.slug for one in values["connectors"]),
        "hosts": sorted(values["hosts"]),
        "apps": sorted(one.slug for one in values["apps"]),
    }
    return {key: named.get(key, values.get(key)) for key in FIELDS}


def sample(*, data_classification: str, connectors: Sequence[str], hosts: Sequence[str]) -> dict[str, Any]:
    """The contract of an app that nobody could object to, as far as its template lets it."""
    touched = {"data_classification": data_classification, "connectors": sorted(connectors), "hosts": sorted(hosts)}
    return {**SAMPLE, **touched}
