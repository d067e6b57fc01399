"""A micro app as policies see it: the document of `schemas/policy-input.json`, of a saved app or of a form."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from approvals import certification
from catalog import manifest
from catalog.models import Connector, MicroApp, Sbom
from portal.models import User


def holders(apps: Iterable[MicroApp], *, now: datetime) -> dict[int, str]:
    """The certifications that the owners of these apps hold, by person."""
    return certification.held_by({pk for app in apps for pk in (app.owner_id, app.second_owner_id)}, now=now)


def document_of(app: MicroApp, held: Mapping[int, str]) -> dict[str, Any]:
    """Of an app with what `MicroApps.things` prefetches, and what `holders` found."""
    return document(
        app,
        connectors=[use.connector for use in app.connector_uses.all()],
        hosts=[row.host for row in app.hosts.all()],
        apps=[row.needed.slug for row in app.needs.all()],
        sbom=next(iter(app.current_sboms), None),  # type: ignore[attr-defined]
        text=manifest.write(app),
        held=held,
    )


def document(
    app: MicroApp,
    *,
    connectors: Iterable[Connector],
    hosts: Iterable[str],
    apps: Iterable[str],
    sbom: Sbom | None,
    text: str | None,
    held: Mapping[int, str],
) -> dict[str, Any]:
    """Nothing in it changes by time alone, so that a thing at rest is not checked again. Lists are in order."""
    return {
        "version": 1,
        "app": {
            "id": app.pk or 0,
            "name": app.name,
            "slug": app.slug or "",
            "state": app.state,
            "risk": app.risk,
            "owner": person(app.owner, held),
            "second_owner": person(app.second_owner, held),
            "business_unit": app.business_unit.code,
            "cost_centre": app.cost_centre.code,
            "data_classification": app.data_classification,
            "audience_size": app.audience_size,
            "sla_tier": app.sla_tier,
            "lifespan_days": app.lifespan_days,
            "expires_on": app.expires_on.isoformat() if app.expires_on else None,
            "tags": app.tags,
        },
        "request": {
            "hosts": sorted(hosts),
            "connectors": [
                {"slug": one.slug, "name": one.name, "status": one.status, "data_classes": sorted(one.data_classes)}
                for one in sorted(connectors, key=lambda connector: connector.slug)
            ],
            "apps": sorted(apps),
        },
        "sbom": content_of(sbom) if sbom is not None else None,
        "manifest": text,
        "facts": {"active_users": app.active_users if app.pk else None, "monthly_budget": app.monthly_budget},
    }


def content_of(sbom: Sbom) -> dict[str, Any]:
    return {"format": sbom.format, "spec_version": sbom.spec_version, "components": sbom.components}


def person(user: User, held: Mapping[int, str]) -> dict[str, Any]:
    return {"email": user.email, "certification": held.get(user.pk)}
