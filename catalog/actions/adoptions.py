"""A discovery becomes a micro app of the catalog: a draft with its contract, linked to where it was found."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from catalog.actions.discoveries import locked, move
from catalog.actions.micro_apps import create
from catalog.models import Discovery, MicroApp, SourceRecord
from catalog.models.discovery import DiscoveryState
from catalog.permissions import denial_to_adopt
from portal.models import User
from portal.permissions import allow


@transaction.atomic
def adopt(discovery: Discovery, *, values: Mapping[str, Any], by: User, now: datetime) -> MicroApp:
    """Make the app as a draft of the owner named in `values`. Two people at once make one app: the second gets the first's.

    From here on the source changes only what nobody has edited here."""
    discovery = locked(discovery)
    if discovery.state == DiscoveryState.ADOPTED and discovery.adopted_as is not None:
        return discovery.adopted_as
    allow(denial_to_adopt(by, discovery))
    app = create(by=by, values=values, now=now)
    app.source_system, app.external_id = discovery.source_system, discovery.external_id
    app.save(update_fields=["source_system", "external_id"])
    told = {key: value for key, value in discovery.known.items() if key not in (*discovery.gaps, "expires_on")}
    SourceRecord.objects.create(app=app, values=told, seen_at=discovery.last_seen_at)
    discovery.adopted_as = app
    move(discovery, DiscoveryState.ADOPTED, verb="catalog.discovery_adopted", by=by, now=now)
    return app
