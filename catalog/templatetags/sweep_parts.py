"""How runs, plans and their reasons are shown."""

from typing import Any

from django import template

from catalog.models import SweepItem, SweepRun
from catalog.models.sweep_run import ItemState, SweepState
from catalog.sweeps import wording

register = template.Library()

RUNS = {
    SweepState.PLANNING: ("info", "hourglass"),
    SweepState.REFUSED: ("warn", "octagon-alert"),
    SweepState.HELD: ("warn", "circle-pause"),
    SweepState.RUNNING: ("info", "loader"),
    SweepState.DONE: ("ok", "circle-check"),
    SweepState.CANCELLED: ("mute", "circle-x"),
    SweepState.UNDOING: ("info", "undo-2"),
    SweepState.UNDONE: ("mute", "undo-2"),
}
ITEMS = {
    ItemState.PLANNED: ("info", "hourglass"),
    ItemState.APPLIED: ("ok", "circle-check"),
    ItemState.SKIPPED: ("mute", "circle-off"),
    ItemState.UNDONE: ("mute", "undo-2"),
}


@register.inclusion_tag("components/badge.html")
def run_state(run: SweepRun) -> dict[str, Any]:
    tone, glyph = RUNS[SweepState(run.state)]
    return {"text": run.get_state_display(), "tone": tone, "glyph": glyph}


@register.inclusion_tag("components/badge.html")
def item_state(item: SweepItem) -> dict[str, Any]:
    tone, glyph = ITEMS[ItemState(item.state)]
    return {"text": item.get_state_display(), "tone": tone, "glyph": glyph}


@register.filter
def action_label(action: str) -> str:
    return wording.action_label(action)


@register.filter
def reason_text(run: SweepRun) -> str:
    return wording.reason_text(run)


@register.simple_tag
def item_why(kind: str, item: SweepItem) -> str:
    """Why it is in the plan; of an app left alone, why it was."""
    return wording.note_text(item.note) if item.note else wording.why(kind, item.action, item.facts)


@register.simple_tag
def line_why(line: dict[str, Any]) -> str:
    return wording.why(line["kind"], line["action"], line["facts"])
