"""Markdown with YAML front matter between two lines of three hyphens."""

from typing import Any

import yaml
from django.utils.translation import gettext as _


class BadFrontMatter(Exception):
    """The text is a sentence for the person who wrote the file."""


def split(text: str) -> tuple[dict[str, Any], str]:
    """The fields and the Markdown below them. Raises BadFrontMatter."""
    lines = text.replace("\r\n", "\n").lstrip("\ufeff").split("\n")
    if not lines or lines[0].strip() != "---":
        raise BadFrontMatter(_("Begin the file with a line “---”, the fields, and a line “---” again."))
    try:
        end = next(number for number, line in enumerate(lines[1:], start=1) if line.strip() == "---")
    except StopIteration:
        raise BadFrontMatter(_("The fields do not end. Put a line “---” below them.")) from None
    fields = load("\n".join(lines[1:end]))
    if not isinstance(fields, dict):
        raise BadFrontMatter(_("Write each field as “name: value”."))
    return fields, "\n".join(lines[end + 1 :]).strip() + "\n"


def load(text: str) -> Any:
    """YAML without tags. Raises BadFrontMatter with the line."""
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise BadFrontMatter(
            _("Line %(line)d is not YAML. Put texts with a colon in quotes.") % {"line": line}
        ) from None
    except (ValueError, RecursionError):
        raise BadFrontMatter(_("A value cannot be read. Put it in quotes.")) from None


def join(fields: dict[str, Any], body: str) -> str:
    head = yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=110)
    return f"---\n{head}---\n\n{body.strip()}\n"
