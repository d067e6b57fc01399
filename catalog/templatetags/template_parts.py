"""Parts of the marketplace's pages."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import gettext as _

from catalog.models import AppTemplate

register = template.Library()
LONGEST_PATCH = 600


@register.inclusion_tag("catalog/marketplace/_template_card.html", takes_context=True)
def template_card(context: Context, one: AppTemplate, level: int = 0) -> dict[str, Any]:
    """A card as a whole link. `level` is that of the reader's badge: what asks for more is marked."""
    names = context["connector_names"]
    return {
        "template": one,
        "names": [names.get(slug, slug) for slug in one.connectors],
        "alt": one.pk % 2,
        "above": one.badge_level > level,
    }


@register.inclusion_tag("catalog/marketplace/_stars.html")
def stars(value: float, given: int = 0) -> dict[str, Any]:
    """A mean of stars with the number of ratings; nothing when nobody rated."""
    return {"value": value, "given": given}


@register.filter
def patch_lines(text: str) -> Iterator[tuple[str, str]]:
    """Sign and text of each line of a unified patch, up to a length that a page can hold."""
    lines, in_hunk = text.splitlines(), False
    for line in lines[:LONGEST_PATCH]:
        in_hunk = not line.startswith("diff --git ") and (in_hunk or line.startswith("@@"))
        if not in_hunk or line.startswith(("@@", "\\")):  # what names the files, and where
            yield "@", line
        else:
            yield (line[:1] if line[:1] in "+-" else " "), line[1:]
    if len(lines) > LONGEST_PATCH:
        yield "@", f"… {len(lines) - LONGEST_PATCH}"


@register.filter
def megabytes(size: int) -> str:
    """A size in bytes, in words."""
    if size >= 100_000:
        return _("%(size)s MB") % {"size": f"{size / 1_000_000:.1f}"}
    return _("%(size)d kB") % {"size": max(size, 1_000) // 1_000}


@register.filter
def lookup(values: Iterable[Any], key: Any) -> Any:
    return values.get(key, "") if isinstance(values, dict) else ""
