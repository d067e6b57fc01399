"""The component kit: leaf parts are inclusion tags, parts that wrap markup are block tags. /components/ shows each."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal import charts

register = template.Library()

RISKS = {
    "low": (_("Low risk"), "ok", "shield-check"),
    "medium": (_("Medium risk"), "warn", "shield"),
    "high": (_("High risk"), "bad", "shield-alert"),
}
TONES = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert", "info": "info", "brand": "info"}
MESSAGES = {"success": "ok", "warning": "warn", "error": "bad"}


def wrap(name: str, context: Context, content: str, **values: Any) -> SafeString:
    """Render templates/components/<name>.html with `content` as {{ slot }}."""
    return get_template(f"components/{name}.html").template.render(context.new({**values, "slot": content}))  # type: ignore[attr-defined]


@register.filter
def message_tone(level: str) -> str:
    """The tone of a Django message."""
    return MESSAGES.get(level, "info")


@register.simple_tag
def icon(name: str, label: str = "", cls: str = "", size: str = "m") -> SafeString:
    """A Lucide icon. Decorative unless it stands alone: then give `label`."""
    a11y = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="i {}" data-size="{}" {}><use href="{}#{}"/></svg>', cls, size, a11y, static("icons.svg"), name
    )


@register.inclusion_tag("components/badge.html")
def badge(text: str, tone: str = "mute", glyph: str = "") -> dict[str, Any]:
    """A state in words, with tone ok, warn, bad, info or mute and a glyph, because colour alone says nothing."""
    return {"text": text, "tone": tone, "glyph": glyph}


@register.inclusion_tag("components/badge.html")
def risk(value: str, label: str = "") -> dict[str, Any]:
    """Risk tier low, medium or high; anything else is shown as not rated."""
    text, tone, glyph = RISKS.get(value, (_("Not rated"), "mute", "shield-off"))
    return {"text": label or text, "tone": tone, "glyph": glyph}


@register.simple_tag
def risk_word(value: str) -> str:
    """The risk tier in words alone, for a label."""
    return str(RISKS[value][0])


@register.inclusion_tag("components/link_button.html")
def link_button(url: str, label: str, variant: str = "", glyph: str = "", size: str = "") -> dict[str, Any]:
    """A link that looks like a button: variant plain, ghost or danger, else primary."""
    return {"url": url, "label": label, "variant": variant, "glyph": glyph, "size": size}


@register.inclusion_tag("components/person.html")
def person(user: Any, note: str = "", size: str = "s") -> dict[str, Any]:
    """A person by initials and name; None reads as nobody."""
    return {"user": user, "note": note, "size": size}


@register.simple_block_tag(takes_context=True)
def panel(
    context: Context, content: str, title: str = "", note: str = "", id: str = "", href: str = "", action: str = ""
) -> SafeString:
    """A card with a heading. `href` and `action` put a link at its upper right."""
    return wrap("panel", context, content, title=title, note=note, id=id, href=href, action=action)


@register.simple_block_tag(takes_context=True)
def alert(context: Context, content: str, tone: str = "info", title: str = "", role: str = "") -> SafeString:
    """A sentence the reader should not miss, in a tone."""
    return wrap("alert", context, content, tone=tone, title=title, role=role, glyph=TONES.get(tone, "info"))


@register.simple_block_tag(takes_context=True)
def empty_state(
    context: Context, content: str, title: str, url: str = "", action: str = "", small: bool = False
) -> SafeString:
    """What will be here and why it is empty; `url` and `action` are the one thing to do."""
    return wrap("empty_state", context, content, title=title, url=url, action=action, small=small)


@register.simple_block_tag(takes_context=True)
def fact(context: Context, content: str, term: str, wide: bool = False) -> SafeString:
    """A term and its value, inside <dl class="facts">."""
    return wrap("fact", context, content, term=term, wide=wide)


@register.inclusion_tag("components/stat.html")
def stat(label: str, value: Any, note: str = "", tone: str = "", unit: str = "", url: str = "") -> dict[str, Any]:
    """A figure in a <ul class="stats">."""
    return {"label": label, "value": value, "note": note, "tone": tone, "unit": unit, "url": url}


@register.inclusion_tag("components/tile.html")
def tile(k: Mapping[str, Any]) -> dict[str, Any]:
    """A KPI: `k` holds key, label, value, unit, note, delta, good, up, target, met, spark, goal, and maybe url."""
    return {"k": k, "spark": charts.spark(k["spark"], k["goal"])}


@register.inclusion_tag("components/chart.html")
def chart(data: charts.Chart, id: str, size: str = "m") -> dict[str, Any]:
    """A chart of portal.charts, with its numbers in a table below. `id` is unique on the page."""
    return {"c": data, "id": id, "size": size}


@register.inclusion_tag("components/spark.html")
def spark(values: charts.Values, goal: charts.Number | None = None) -> dict[str, Any]:
    return {"spark": charts.spark(values, goal)}


@register.inclusion_tag("components/lifecycle.html")
def lifecycle(steps: Any) -> dict[str, Any]:
    """The dated path of a thing. Each step has label, on (date or None), state ("done", "now" or ""), maybe note."""
    return {"steps": steps}


@register.inclusion_tag("components/timeline.html")
def timeline(events: Any) -> dict[str, Any]:
    """What happened. Each event has at, title, actor, and maybe tone, glyph, text, reason, url, changes."""
    return {"events": events}


@register.inclusion_tag("components/diff.html")
def diff(rows: Any) -> dict[str, Any]:
    """Rows of (field, before, after)."""
    return {"rows": rows}


@register.inclusion_tag("components/steps.html")
def steps(items: Any, current: int) -> dict[str, Any]:
    """A form in several pages: labels, and the number (from 1) of the page shown."""
    marks = [(label, "done" if i < current else "now" if i == current else "") for i, label in enumerate(items, 1)]
    return {"steps": marks, "current": current, "total": len(marks)}


@register.inclusion_tag("components/progress.html")
def progress(label: str, value: int, max: int, text: str = "") -> dict[str, Any]:
    """Work under way; without a known end (`max` 0) the bar only moves."""
    return {"label": label, "value": value, "max": max, "text": text}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Any, label: str) -> dict[str, Any]:
    """Tabs are links. Each item has label, url, current, and maybe count."""
    return {"items": items, "label": label}
