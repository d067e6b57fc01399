"""Tags of an app: names with a value, as people write them and as files carry them. Pure functions."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
MOST, LONGEST = 20, 120


class BadTags(Exception):
    """What was written is no set of tags. The text is a sentence that says what to write."""


def parse(text: str) -> dict[str, str]:
    """From lines such as "env: production", or the same on one line with "=" and ";". Raises BadTags."""
    found: dict[str, str] = {}
    for part in re.split(r"[\n;]", text):
        if not part.strip():
            continue
        name, sign, value = (part if ":" in part else part.replace("=", ":", 1)).partition(":")
        if not sign:
            raise BadTags(_("“%(part)s” is no tag. Write it like “env: production”.") % {"part": part.strip()[:60]})
        if name.strip().lower() in found:
            raise BadTags(_("The tag “%(name)s” stands twice. Keep one.") % {"name": name.strip()[:60]})
        found[name.strip().lower()] = value.strip()
    return cleaned(found)


def cleaned(tags: Mapping[Any, Any]) -> dict[str, str]:
    """In the order of their names. Raises BadTags for a name or value that does not fit."""
    if len(tags) > MOST:
        raise BadTags(_("An app has at most %(most)d tags.") % {"most": MOST})
    for name, value in tags.items():
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise BadTags(
                _("“%(name)s” is no name of a tag: small letters, digits and hyphens, at most 40.")
                % {"name": str(name)[:60]}
            )
        if not isinstance(value, str | int | float) or not 0 < len(str(value)) <= LONGEST:
            raise BadTags(
                _("The tag “%(name)s” needs a value of at most %(most)d characters.") % {"name": name, "most": LONGEST}
            )
    return {name: str(tags[name]) for name in sorted(tags)}


def written(tags: Mapping[str, str]) -> str:
    """One to a line, as the form shows them."""
    return "\n".join(f"{name}: {value}" for name, value in tags.items())


def inline(tags: Mapping[str, str]) -> str:
    """On one line, as tables carry them."""
    return "; ".join(f"{name}={value}" for name, value in tags.items())
