"""How a micro app is shown: its state, its end, its marks."""

from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _

from catalog.models import AppFact, Connector, MicroApp
from catalog.models.app_fact import FactKind
from catalog.models.connector import ConnectorStatus
from catalog.states import AppState
from portal.templatetags.dates import days_left
from portal.templatetags.ui import RISKS

register = template.Library()

STATES = {
    AppState.DRAFT: ("mute", "pencil"),
    AppState.IN_REVIEW: ("info", "hourglass"),
    AppState.ACTIVE: ("ok", "circle-check"),
    AppState.FLAGGED: ("warn", "flag"),
    AppState.ARCHIVED: ("mute", "archive"),
    AppState.RETIRED: ("mute", "circle-off"),
}
CONNECTORS = {
    ConnectorStatus.PROPOSED: ("info", "hourglass"),
    ConnectorStatus.APPROVED: ("ok", "circle-check"),
    ConnectorStatus.BLOCKED: ("bad", "ban"),
    ConnectorStatus.DECLINED: ("mute", "circle-x"),
}
FACTS = {
    FactKind.QUARANTINE: ("bad", "octagon-alert"),
    FactKind.EXEMPTION: ("info", "snowflake"),
    FactKind.FEATURED: ("ok", "star"),
}


@register.inclusion_tag("components/badge.html")
def app_state(app: MicroApp) -> dict[str, Any]:
    tone, glyph = STATES[AppState(app.state)]
    return {"text": app.get_state_display(), "tone": tone, "glyph": glyph}


@register.inclusion_tag("components/badge.html")
def app_risk(app: MicroApp) -> dict[str, Any]:
    """The tier in one word, under a head that says Risk."""
    _text, tone, glyph = RISKS[app.risk]
    return {"text": {"low": _("Low"), "medium": _("Medium"), "high": _("High")}[app.risk], "tone": tone, "glyph": glyph}


@register.inclusion_tag("components/badge.html")
def app_fact(fact: AppFact) -> dict[str, Any]:
    tone, glyph = FACTS[FactKind(fact.kind)]
    return {"text": fact.get_kind_display(), "tone": tone, "glyph": glyph}


@register.inclusion_tag("components/badge.html")
def app_ends(app: MicroApp, today: date) -> dict[str, Any]:
    """The countdown of a live app, by the owner's day; of another app there is nothing to count."""
    if not app.is_live or app.expires_on is None:
        return {"text": _("no end yet") if app.expires_on is None else _("ended"), "tone": "mute", "glyph": ""}
    return days_left(app.expires_on, today)


@register.inclusion_tag("components/badge.html")
def connector_status(connector: Connector) -> dict[str, Any]:
    tone, glyph = CONNECTORS[ConnectorStatus(connector.status)]
    return {"text": connector.get_status_display(), "tone": tone, "glyph": glyph}


@register.filter
def fact_tone(fact: AppFact) -> str:
    return FACTS[FactKind(fact.kind)][0]


@register.filter
def contains(numbers: Any, number: int) -> bool:
    return number in numbers
