"""An app's record and relations as plain data with a digest: what archiving keeps and what a restore must give back equal.

State, dates of the lifecycle and usage figures are left out: they change by archiving or by time, not by people."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from catalog.models import AppDependency, ConnectorUse, ExternalHost, MicroApp

RECORD = (
    "name",
    "slug",
    "purpose",
    "justification",
    "contact",
    "data_classification",
    "audience_size",
    "sla_tier",
    "lifespan_days",
    "tags",
    "url",
    "repository_url",
    "risk",
    "unused_renewals",
    "source_system",
    "external_id",
)
PEOPLE = ("owner_id", "second_owner_id", "business_unit_id", "cost_centre_id")  # an organisation may move them on
FIELDS = (*RECORD, *PEOPLE)
RELATIONS = ("connectors", "hosts", "needs")


def snapshots(app_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The snapshots of many apps, in four queries whatever their number."""
    ids = list(app_ids)
    found: dict[int, dict[str, Any]] = {
        row.pop("pk"): row for row in MicroApp.objects.filter(pk__in=ids).values("pk", *FIELDS)
    }
    for name, rows in (
        ("connectors", ConnectorUse.objects.filter(app__in=ids).values_list("app_id", "connector__slug")),
        ("hosts", ExternalHost.objects.filter(app__in=ids).values_list("app_id", "host")),
        ("needs", AppDependency.objects.filter(app__in=ids).values_list("app_id", "needed__slug")),
    ):
        grouped: dict[int, list[str]] = defaultdict(list)
        for app_id, value in rows:
            grouped[app_id].append(value)
        for app_id, record in found.items():
            record[name] = sorted(grouped[app_id])
    return found


def snapshots_of(app_ids: Iterable[int]) -> dict[int, tuple[dict[str, Any], str]]:
    """Snapshot and digest of many apps."""
    return {pk: (record, digest(record)) for pk, record in snapshots(app_ids).items()}


def snapshot(app: MicroApp) -> dict[str, Any]:
    return snapshots([app.pk])[app.pk]


def digest(record: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The parts that differ, as [before, after]."""
    names = dict.fromkeys([*before, *after])
    return {name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)}
