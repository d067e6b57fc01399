"""Parts of a list page: facets, chips, sortable heads, paging. The URL holds the state."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.http import QueryDict
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from portal.templatetags.ui import icon

register = template.Library()
PLACES = ("page", "after", "before")  # a changed sort or filter starts at the first page again


@register.inclusion_tag("components/facet.html")
def facet(name: str, legend: str, options: Iterable[Any], open: bool = True, form: str = "") -> dict[str, Any]:
    """Checkboxes of one filter. Each option has value, label, count (without this facet's own choice) and on.

    `form` is the id of the form they belong to when they stand outside it."""
    return {"name": name, "legend": legend, "options": options, "open": open, "form": form}


@register.inclusion_tag("components/chips.html")
def chips(items: Iterable[Any], clear_url: str, target: str = "") -> dict[str, Any]:
    """Filters in force, each a link without it. Items have label and url; `target` is the fragment's selector."""
    return {"chips": items, "clear_url": clear_url, "target": target}


def without_place(query: QueryDict, **changes: str) -> str:
    """The query string with `changes` and from the first page."""
    query = query.copy()
    for name in PLACES:
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def sort_head(
    context: Context, key: str, label: str, current: str = "", cls: str = "", first: str = "up", target: str = ""
) -> SafeString:
    """A table head whose link sorts by `key`; `current` is the sort in force ("name" or "-name").

    `first` is the direction of the first click: "up", or "down" for figures where the most is asked for."""
    direction = {key: "ascending", f"-{key}": "descending"}.get(current, "")
    then = {"ascending": f"-{key}", "descending": key}.get(direction, f"-{key}" if first == "down" else key)
    url = without_place(context["request"].GET, sort=then)
    return format_html(
        '<th scope="col" role="columnheader" class="{}"{}><a class="sort" href="{}"{}>{}{}</a></th>',
        cls,
        format_html(' aria-sort="{}"', direction) if direction else "",
        url,
        fetched(url, target),
        label,
        icon("arrow-down" if direction == "descending" else "arrow-up", size="s"),
    )


@register.simple_tag
def fetched(url: str, target: str) -> SafeString:
    """The attributes that let htmx morph `target` in place of a page load."""
    if not target:
        return SafeString("")
    return format_html(' hx-get="{}" hx-target="{}" hx-swap="morph:outerHTML" hx-push-url="true"', url, target)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, text: str, next: str = "", previous: str = "", target: str = "") -> dict[str, Any]:
    """Links to the page after and before, by the cursors `next` and `previous`; `text` says what is shown."""
    query = context["request"].GET
    return {
        "text": text,
        "next_url": without_place(query, after=next) if next else "",
        "previous_url": without_place(query, before=previous) if previous else "",
        "target": target,
    }
