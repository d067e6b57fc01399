"""Parts of the pages about imports and discoveries."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.contract import FIELDS
from catalog.models import Discovery, ImportRun
from catalog.models.discovery import DiscoveryState
from catalog.models.import_run import ImportState, Outcome
from portal.templatetags import ui

register = template.Library()
OUTCOMES = {
    Outcome.CREATED: ("ok", "circle-check"),
    Outcome.UPDATED: ("info", "pencil"),
    Outcome.UNCHANGED: ("mute", "minus"),
    Outcome.DISCOVERY: ("warn", "radar"),
    Outcome.REFUSED: ("bad", "circle-x"),
}
STATES = {
    ImportState.UPLOADED: ("mute", "file-up"),
    ImportState.CHECKING: ("info", "loader"),
    ImportState.CHECKED: ("info", "circle-check"),
    ImportState.APPLYING: ("info", "loader"),
    ImportState.APPLIED: ("ok", "circle-check"),
    ImportState.FAILED: ("bad", "circle-alert"),
}
DISCOVERIES = {
    DiscoveryState.OPEN: ("warn", "radar"),
    DiscoveryState.CONTACTED: ("info", "mail"),
    DiscoveryState.ADOPTED: ("ok", "circle-check"),
    DiscoveryState.RETIRED: ("mute", "circle-pause"),
}
NOTES = {
    Outcome.CREATED: gettext_lazy("new live apps"),
    Outcome.UPDATED: gettext_lazy("apps changed"),
    Outcome.UNCHANGED: gettext_lazy("nothing to do"),
    Outcome.DISCOVERY: gettext_lazy("kept with their gaps"),
    Outcome.REFUSED: gettext_lazy("each with a sentence"),
}
STEPS = (
    gettext_lazy("File"),
    gettext_lazy("Columns"),
    gettext_lazy("Dry run"),
    gettext_lazy("Import"),
    gettext_lazy("Result"),
)
NUMBERS = {
    ImportState.UPLOADED: 2,
    ImportState.CHECKING: 3,
    ImportState.CHECKED: 4,
    ImportState.APPLYING: 4,
    ImportState.APPLIED: 5,
    ImportState.FAILED: 2,
}


@register.inclusion_tag("components/badge.html")
def outcome(value: str) -> dict[str, Any]:
    tone, glyph = OUTCOMES[Outcome(value)]
    return ui.badge(Outcome(value).label, tone, glyph)  # type: ignore[arg-type]


@register.inclusion_tag("components/badge.html")
def import_state(run: ImportRun) -> dict[str, Any]:
    tone, glyph = STATES[ImportState(run.state)]
    return ui.badge(run.get_state_display(), tone, glyph)


@register.inclusion_tag("components/badge.html")
def discovery_state(discovery: Discovery) -> dict[str, Any]:
    tone, glyph = DISCOVERIES[DiscoveryState(discovery.state)]
    return ui.badge(discovery.get_state_display(), tone, glyph)


@register.inclusion_tag("components/steps.html")
def import_steps(run: ImportRun) -> dict[str, Any]:
    return ui.steps(STEPS, NUMBERS[ImportState(run.state)])


def counts_of(run: ImportRun) -> dict[str, int]:
    return run.counts if run.state == ImportState.APPLIED else run.dry_counts


@register.filter
def stats(run: ImportRun) -> list[tuple[Any, int, Any]]:
    """(outcome, rows, what it means) for each outcome."""
    return [(value.label, counts_of(run).get(value.value, 0), NOTES[value]) for value in Outcome]


@register.simple_tag
def outcomes(run: ImportRun) -> str | SafeString:
    """One line: how many rows ended how, without those that nobody has."""
    counts = counts_of(run)
    parts = [f"{counts[value.value]} {str(value.label).lower()}" for value in Outcome if counts.get(value.value)]
    return ", ".join(parts) or _("not read yet")


@register.filter
def gap_sentences(discovery: Discovery) -> list[tuple[Any, str, Any]]:
    """(field, what is the matter, why it is asked) for each gap."""
    return [
        (FIELDS[key].label, gap_sentence(discovery, key), FIELDS[key].why) for key in discovery.gaps if key in FIELDS
    ]


def gap_sentence(discovery: Discovery, key: str) -> str:
    found = discovery.known.get(key)
    if found in (None, "", []):
        return _("The source does not say it.")
    text = ", ".join(map(str, found)) if isinstance(found, list) else str(found)
    return _("The source says “%(text)s”, which cannot be used as it is.") % {"text": text[:200]}


@register.filter
def gap_labels(discovery: Discovery) -> str:
    return ", ".join(str(FIELDS[key].label) for key in discovery.gaps if key in FIELDS)
