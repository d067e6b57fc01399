"""Micro apps as policies see them: the documents of many apps in a constant number of queries."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from approvals import certification
from approvals.check_sources import Checked, register
from catalog import manifest
from catalog.actions.submissions import SOURCE
from catalog.models import MicroApp, Sbom
from catalog.states import LIVE_STATES
from portal.models import User


class MicroApps:
    kind = SOURCE
    label: str | Promise = _("Micro app")

    def live_ids(self) -> Sequence[int]:
        return list(MicroApp.objects.filter(state__in=LIVE_STATES).order_by("pk").values_list("pk", flat=True))

    def things(self, ids: Sequence[int], *, now: datetime) -> list[Checked]:
        apps = (
            MicroApp.objects.filter(pk__in=ids)
            .select_related("owner", "second_owner", "business_unit", "cost_centre")
            .prefetch_related("connector_uses__connector", "hosts", "needs__needed", current_sbom())
            .order_by("pk")
        )
        return [checked(app, now=now) for app in apps]


def checked(app: MicroApp, *, now: datetime) -> Checked:
    return Checked(
        kind=SOURCE,
        id=app.pk,
        title=app.name,
        url=app.get_absolute_url(),
        owner_id=app.owner_id,
        second_owner_id=app.second_owner_id,
        business_unit_id=app.business_unit_id,
        input=document(app, now=now),
    )


def document(app: MicroApp, *, now: datetime) -> dict[str, Any]:
    """Nothing in it changes by time alone, so that a thing at rest is not checked again."""
    uses = sorted((use.connector for use in app.connector_uses.all()), key=lambda connector: connector.slug)
    return {
        "version": 1,
        "app": {
            "id": app.pk,
            "name": app.name,
            "slug": app.slug,
            "state": app.state,
            "risk": app.risk,
            "owner": person(app.owner, now=now),
            "second_owner": person(app.second_owner, now=now),
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
            "hosts": sorted(row.host for row in app.hosts.all()),
            "connectors": [
                {"slug": use.slug, "name": use.name, "status": use.status, "data_classes": sorted(use.data_classes)}
                for use in uses
            ],
            "apps": sorted(row.needed.slug for row in app.needs.all()),
        },
        "sbom": sbom_of(app),
        "manifest": manifest.write(app),
        "facts": {"active_users": app.active_users, "monthly_budget": app.monthly_budget},
    }


def current_sbom() -> "Prefetch[Any]":
    return Prefetch("sboms", Sbom.objects.filter(is_current=True), to_attr="current_sboms")


def sbom_of(app: MicroApp) -> dict[str, Any] | None:
    """What the newest bill of materials lists, in the order of its file; None when there is none."""
    for sbom in app.current_sboms:  # type: ignore[attr-defined]
        return {"format": sbom.format, "spec_version": sbom.spec_version, "components": sbom.components}
    return None


def person(user: User, *, now: datetime) -> dict[str, Any]:
    return {"email": user.email, "certification": certification.held(user, now=now)}


register(MicroApps())
