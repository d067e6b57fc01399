"""Keeping the list of connectors. A block and its end have a reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.models import Connector
from catalog.models.connector import ConnectorStatus
from catalog.permissions import denial_to_keep_connectors
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.slugs import free_slug
from portal.states import InvalidTransition

COLUMNS = ("name", "summary", "system", "host", "data_classes", "badge_level", "team", "contact")
RESERVED = frozenset({"new", "by-id", "proposal"})


def create(*, by: User, values: Mapping[str, Any], now: datetime) -> Connector:
    """A new connector, approved from the start: only staff add one."""
    with transaction.atomic():
        allow(denial_to_keep_connectors(by))
        connector = Connector(**{key: values[key] for key in COLUMNS if key in values}, created_at=now, updated_at=now)
        connector.slug = address_of(connector.name)
        connector.save(force_insert=True)
        audit.record("catalog.connector_added", connector, by=by, now=now, facts=snapshot(connector))
        return connector


def edit(connector: Connector, *, by: User, values: Mapping[str, Any], now: datetime) -> Connector:
    with transaction.atomic():
        allow(denial_to_keep_connectors(by))
        connector = lock(connector)
        before = snapshot(connector)
        for key in COLUMNS:
            if key in values:
                setattr(connector, key, values[key])
        changes = audit.changes_between(before, snapshot(connector))
        if changes:
            connector.updated_at = now
            connector.save(update_fields=[*COLUMNS, "updated_at"])
            audit.record("catalog.connector_changed", connector, by=by, now=now, changes=changes)
        return connector


def block(connector: Connector, *, by: User, reason: str, now: datetime) -> Connector:
    """No app may add it from now on. Apps that use it keep running; their risk rises at their next change."""
    return turn(connector, ConnectorStatus.BLOCKED, "catalog.connector_blocked", by=by, reason=reason, now=now)


def approve(connector: Connector, *, by: User, reason: str, now: datetime) -> Connector:
    return turn(connector, ConnectorStatus.APPROVED, "catalog.connector_approved", by=by, reason=reason, now=now)


def turn(
    connector: Connector, status: ConnectorStatus, verb: str, *, by: User, reason: str, now: datetime
) -> Connector:
    with transaction.atomic():
        allow(denial_to_keep_connectors(by))
        connector = lock(connector)
        if connector.status == status:
            raise InvalidTransition(
                gettext("%(connector)s is %(status)s already. Somebody was faster.")
                % {"connector": connector.name, "status": connector.get_status_display().lower()}
            )
        before, connector.status, connector.status_reason = connector.status, status, reason
        connector.updated_at = now
        connector.save(update_fields=["status", "status_reason", "updated_at"])
        audit.record(verb, connector, by=by, now=now, reason=reason, changes={"status": [before, status.value]})
        return connector


def lock(connector: Connector) -> Connector:
    return Connector.objects.select_for_update().get(pk=connector.pk)


def snapshot(connector: Connector) -> dict[str, Any]:
    return {key: audit.plain(getattr(connector, key)) for key in COLUMNS}


def address_of(name: str) -> str:
    """The address of a new connector, made of its name."""
    return free_slug(Connector, name, instead="connector", longest=70, reserved=RESERVED)


audit.register(
    catalog__connector_added=audit.Verb(_("Connector added"), "plug", "ok"),
    catalog__connector_proposed=audit.Verb(_("Connector proposed"), "plug", "info"),
    catalog__connector_declined=audit.Verb(_("Connector declined"), "circle-x", "bad"),
    catalog__connector_changed=audit.Verb(_("Connector changed"), "pencil"),
    catalog__connector_blocked=audit.Verb(_("Connector blocked"), "ban", "bad"),
    catalog__connector_approved=audit.Verb(_("Connector approved"), "circle-check", "ok"),
)
audit.register_page("catalog.connector", "catalog:connector_by_id")
