"""The help pages: Markdown files in templates/docs, one folder per language beside the English originals."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal import markdown

FOLDER = Path(settings.BASE_DIR, "templates", "docs")
SLUGS = ("getting-started", "clones", "lifecycle", "approvals", "training", "templates", "board", "roles", "glossary")


@dataclass(frozen=True)
class Page:
    slug: str
    title: str
    summary: str
    html: SafeString


@cache
def _read(slug: str, language: str) -> Page:
    translated = FOLDER / language / f"{slug}.md"
    text = (translated if translated.exists() else FOLDER / f"{slug}.md").read_text()
    heading, _, rest = text.partition("\n")
    summary = rest.strip().partition("\n\n")[0].replace("\n", " ")
    # A wide example scrolls by keyboard too. The cleaned HTML holds no other <pre> than those the parser made.
    html = markdown.render(rest).replace("<pre>", '<pre tabindex="0">')
    return Page(slug, heading.removeprefix("# ").strip(), summary, mark_safe(html))  # noqa: S308


def page(slug: str) -> Page | None:
    """One help page in the reader's language, or in English; None when there is no such page."""
    return _read(slug, get_language() or "en") if slug in SLUGS else None


def pages() -> list[Page]:
    return [_read(slug, get_language() or "en") for slug in SLUGS]
