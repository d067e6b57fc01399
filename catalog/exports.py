"""A set of apps as text, piece by piece: nothing is held in memory but the app at hand."""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from catalog.contract import FIELDS
from catalog.models import MicroApp
from catalog.tags import inline

RECORD = (
    "slug", "state", "risk", "expires_on", "active_users", "last_seen_on", "source_system", "external_id",
    "created_at", "activated_at", "archived_at", "retired_at",
)  # fmt: skip
COLUMNS = (*FIELDS, *RECORD)
HARMFUL = ("=", "+", "-", "@", "\t", "\r", "\n")
LIFECYCLES = {
    "draft": "experimental",
    "in_review": "experimental",
    "active": "production",
    "flagged": "production",
    "archived": "deprecated",
    "retired": "deprecated",
}


class Echo:
    """A file that gives each line back."""

    def write(self, text: str) -> str:
        return text


def contract_of(app: MicroApp) -> dict[str, Any]:
    """The contract in plain values, by the names of the manifest. Uses what was prefetched."""
    plain: dict[str, Any] = {}
    for key in FIELDS:
        if key == "connectors":
            plain[key] = sorted(use.connector.slug for use in app.connector_uses.all())
        elif key == "hosts":
            plain[key] = sorted(row.host for row in app.hosts.all())
        elif key == "apps":
            plain[key] = sorted(row.needed.slug for row in app.needs.all())
        elif key in ("owner", "second_owner"):
            plain[key] = getattr(app, key).email
        elif key in ("business_unit", "cost_centre"):
            plain[key] = getattr(app, key).code
        else:
            plain[key] = getattr(app, key)
    return plain


def record_of(app: MicroApp) -> dict[str, Any]:
    """The contract and where the app stands."""
    values = {key: getattr(app, key) for key in RECORD}
    return {**contract_of(app), **{key: v.isoformat() if hasattr(v, "isoformat") else v for key, v in values.items()}}


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else inline(value) if isinstance(value, dict) else value
    text = " ".join(text) if isinstance(text, list) else text
    return f"'{text}" if isinstance(text, str) and text.startswith(HARMFUL) else text


def csv_lines(apps: Iterable[MicroApp]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield "\ufeff"  # spreadsheets take the file for UTF-8 only with this mark
    yield writer.writerow(COLUMNS)
    for app in apps:
        record = record_of(app)
        yield writer.writerow([harmless(record[key]) for key in COLUMNS])


def json_lines(apps: Iterable[MicroApp]) -> Iterator[str]:
    """One JSON array, an app on each line."""
    between = "[\n"
    for app in apps:
        yield between + json.dumps(record_of(app), ensure_ascii=False)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def entity_of(app: MicroApp) -> dict[str, Any]:
    """The app as a Backstage component. What Backstage has no word for stands under our own annotations."""
    contract = contract_of(app)
    own = {
        f"trellis/{key.replace('_', '-')}": str(contract[key])
        for key in (
            "justification", "second_owner", "contact", "cost_centre", "data_classification", "audience_size",
            "sla_tier", "lifespan_days",
        )
    }  # fmt: skip
    if app.tags:
        own["trellis/tags"] = inline(app.tags)
    if app.expires_on:
        own["trellis/expires-on"] = app.expires_on.isoformat()
    links = [
        {"url": url, "title": title} for url, title in ((app.url, "App"), (app.repository_url, "Repository")) if url
    ]
    return {
        "apiVersion": "backstage.io/v1alpha1",
        "kind": "Component",
        "metadata": {
            "name": app.slug[:63].strip("-"),
            "title": app.name,
            "description": app.purpose,
            "annotations": own,
            "tags": sorted({f"{app.risk}-risk", app.data_classification}),
            **({"links": links} if links else {}),
        },
        "spec": {
            "type": "micro-app",
            "lifecycle": LIFECYCLES[app.state],
            "owner": f"user:default/{contract['owner']}",
            "system": contract["business_unit"],
            "dependsOn": [
                *(f"resource:default/{slug}" for slug in contract["connectors"]),
                *(f"component:default/{slug}" for slug in contract["apps"]),
                *(f"resource:default/{host}" for host in contract["hosts"]),
            ],
        },
    }


def yaml_lines(apps: Iterable[MicroApp]) -> Iterator[str]:
    """One document for each app."""
    for app in apps:
        yield yaml.safe_dump(entity_of(app), sort_keys=False, allow_unicode=True, explicit_start=True, width=110)
