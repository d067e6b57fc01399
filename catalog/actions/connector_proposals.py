"""Proposing a connector: anybody may, and a reviewer decides. Apps may choose it meanwhile; it raises their risk."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals.actions.moves import lock as lock_request
from approvals.actions.requests import open_request, resubmit
from approvals.models import ApprovalRequest
from approvals.registry import Asked, Fact
from approvals.risk import RiskFacts
from approvals.states import RequestState
from catalog.actions.connectors import COLUMNS, address_of, lock, snapshot
from catalog.models import Connector
from catalog.models.connector import ConnectorStatus
from catalog.models.micro_app import DataClass
from catalog.permissions import denial_to_change_proposed_connector, denial_to_propose_connector
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition

KIND = "connector"


@transaction.atomic
def propose(*, by: User, values: Mapping[str, Any], now: datetime) -> Connector:
    allow(denial_to_propose_connector(by))
    connector = Connector(
        **{key: values[key] for key in COLUMNS if key in values},
        status=ConnectorStatus.PROPOSED,
        proposed_by=by,
        created_at=now,
        updated_at=now,
    )
    connector.slug = address_of(connector.name)
    connector.save(force_insert=True)
    audit.record("catalog.connector_proposed", connector, by=by, now=now, facts=snapshot(connector))
    open_request(kind=KIND, asked=asked_about(connector), by=by, now=now)
    return connector


@transaction.atomic
def revise(connector: Connector, *, by: User, values: Mapping[str, Any], now: datetime) -> Connector:
    """Change what was sent back, and ask again."""
    request = ApprovalRequest.objects.open().about(KIND, connector.pk).first()
    request = lock_request(request) if request else None
    connector = lock(connector)
    if request is None or request.state != RequestState.RETURNED:
        raise InvalidTransition(
            _("%(connector)s was not sent back, so there is nothing to change now.") % {"connector": connector.name}
        )
    allow(denial_to_change_proposed_connector(by, connector))
    before = snapshot(connector)
    for key in COLUMNS:
        if key in values:
            setattr(connector, key, values[key])
    connector.updated_at = now
    connector.save(update_fields=[*COLUMNS, "updated_at"])
    changes = audit.changes_between(before, snapshot(connector))
    audit.record("catalog.connector_changed", connector, by=by, now=now, changes=changes)
    resubmit(request, asked=asked_about(connector), by=by, now=now)
    return connector


def asked_about(connector: Connector) -> Asked:
    carries = [str(DataClass(one).label) for one in connector.data_classes if one in DataClass.values]
    return Asked(
        subject_id=connector.pk,
        title=connector.name,
        url=connector.get_absolute_url(),
        facts=[
            Fact(_("What it connects to"), connector.summary),
            Fact(_("System"), connector.system or _("none")),
            Fact(_("Host"), connector.host or _("none")),
            Fact(_("Data it may carry"), ", ".join(carries) or _("none")),
            Fact(_("Owner team"), connector.team),
            Fact(_("Contact"), connector.contact or _("none")),
        ],
        risk=RiskFacts(data_classification=most_sensitive(connector.data_classes)),
        responsible=connector.proposed_by,
    )


def most_sensitive(classes: list[str]) -> str:
    return next((one for one in reversed(DataClass.values) if one in classes), DataClass.PUBLIC.value)


def grant(request: ApprovalRequest, *, by: User | None, now: datetime) -> None:
    turn(request, ConnectorStatus.APPROVED, "catalog.connector_approved", by=by, reason="", now=now)


def decline(request: ApprovalRequest, *, by: User | None, reason: str, now: datetime) -> None:
    turn(request, ConnectorStatus.DECLINED, "catalog.connector_declined", by=by, reason=reason, now=now)


def turn(
    request: ApprovalRequest, status: ConnectorStatus, verb: str, *, by: User | None, reason: str, now: datetime
) -> None:
    connector = lock(Connector(pk=request.subject_id))
    before, connector.status, connector.status_reason = connector.status, status, reason[:300]
    connector.updated_at = now
    connector.save(update_fields=["status", "status_reason", "updated_at"])
    facts = {"request": request.pk}
    changes = {"status": [before, status.value]}
    audit.record(verb, connector, by=by, now=now, reason=reason, changes=changes, facts=facts)
