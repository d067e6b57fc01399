"""Changing a live app: what is material is asked for, the rest is done at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from approvals import rules
from catalog.actions import micro_apps
from catalog.actions.moves import lock
from catalog.actions.proposals import locked_standing, write
from catalog.badge_gate import refuse_unless_badged
from catalog.material import material
from catalog.models import Connector, MicroApp, Proposal
from catalog.models.proposal import ProposalKind
from catalog.states import LIVE_STATES
from portal import audit
from portal.models import User

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Changed:
    """`proposal` is what waits for a decision; None when everything is done."""

    app: MicroApp
    proposal: Proposal | None


def standing(app: MicroApp) -> dict[str, Any]:
    """The fields that can change materially, as they are."""
    return {
        "data_classification": app.data_classification,
        "audience_size": app.audience_size,
        "hosts": set(app.hosts.values_list("host", flat=True)),
        "connectors": set(app.connector_uses.values_list("connector__slug", flat=True)),
    }


def wanted(values: Values) -> dict[str, Any]:
    found = {key: values[key] for key in ("data_classification", "audience_size") if key in values}
    if values.get("hosts") is not None:
        found["hosts"] = set(values["hosts"])
    if values.get("connectors") is not None:
        found["connectors"] = {connector.slug for connector in values["connectors"]}
    return found


@transaction.atomic
def change(
    app: MicroApp, *, values: Values, by: User, now: datetime, reason: str = "", seen_at: datetime | None = None
) -> Changed:
    """Save the form. Of a live app the material part becomes a proposal, with `reason` for the reviewers."""
    pending = locked_standing(app, ProposalKind.CHANGE)
    app = lock(app)
    before, asked = standing(app), wanted(values)
    names = material(before, asked, rules.standing("risk").values) if app.state in LIVE_STATES else frozenset()
    app = micro_apps.rewrite(app, by=by, values=without(values, names, before), now=now, seen_at=seen_at)
    if not names:
        return Changed(app, None)
    parts = {name: added(name, before, asked) for name in sorted(names)}
    new = Connector.objects.filter(slug__in=parts.get("connectors", []))
    refuse_unless_badged(app, new, owner=app.owner, now=now)
    asked_now = write(app, pending, kind=ProposalKind.CHANGE, values=parts, reason=reason, by=by, now=now)
    return Changed(app, asked_now)


def without(values: Values, names: frozenset[str], before: dict[str, Any]) -> dict[str, Any]:
    """The values with what is material left as it stands: lists keep what they lose, and do not get what is new."""
    left = {key: value for key, value in values.items() if key not in names}
    if "hosts" in names:
        left["hosts"] = [host for host in values["hosts"] if host in before["hosts"]]
    if "connectors" in names:
        left["connectors"] = [connector for connector in values["connectors"] if connector.slug in before["connectors"]]
    return left


def added(name: str, before: dict[str, Any], asked: dict[str, Any]) -> Any:
    return sorted(asked[name] - before[name]) if isinstance(asked[name], set) else asked[name]


def apply(proposal: Proposal, *, by: User | None, now: datetime) -> None:
    """Make an approved change on the app as it is now: lists gain what was asked."""
    app, asked = proposal.app, proposal.values
    before, risk_before = micro_apps.snapshot(app), app.risk
    for name in ("data_classification", "audience_size"):
        if name in asked:
            setattr(app, name, asked[name])
    lists: dict[str, Any] = {}
    if "hosts" in asked:
        lists["hosts"] = {*app.hosts.values_list("host", flat=True), *asked["hosts"]}
    if "connectors" in asked:
        lists["connectors"] = list(
            Connector.objects.filter(uses__app=app) | Connector.objects.filter(slug__in=asked["connectors"])
        )
    micro_apps.write_lists(app, lists)
    app.risk, app.updated_at = micro_apps.risk_of(lists, app), now
    app.save(update_fields=["data_classification", "audience_size", "risk", "updated_at"])
    after = micro_apps.snapshot(app)
    changes = audit.changes_between({**before, "risk": risk_before}, {**after, "risk": app.risk})
    facts = {"request": proposal.request_id, "asked_by": proposal.by.email}
    audit.record("catalog.change_granted", app, by=by, now=now, reason=proposal.reason, changes=changes, facts=facts)
