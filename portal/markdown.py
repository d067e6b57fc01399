"""Markdown to HTML that is safe to show: raw HTML is text, and what is left is cleaned once more."""

from collections.abc import Callable

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {
    "a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
_parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def render(text: str, picture: Callable[[str], str] | None = None) -> SafeString:
    """`picture` gives the address of a picture that the text names; without it pictures are left out."""
    tokens = _parser.parse(text)
    for token in tokens:
        for child in token.children or []:
            if child.type == "image" and picture is not None:
                child.attrs = {"src": picture(str(child.attrs.get("src", ""))), "alt": "", "loading": "lazy"}
    html = nh3.clean(
        _parser.renderer.render(tokens, _parser.options, {}),
        tags=TAGS | {"img"} if picture is not None else TAGS,
        attributes=ATTRIBUTES | {"img": {"src", "alt", "loading"}},
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(html)  # noqa: S308  (cleaned above)
