"""One found thing, field by field: text to clean values. What cannot be used is a problem in words, never a guess."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from catalog import tags
from catalog.hosts import clean_host
from catalog.importing.columns import words
from catalog.importing.found import Found
from catalog.importing.texts import tidy, tidy_block

LONGEST = {
    "name": 80, "purpose": 300, "justification": 2_000, "owner": 200, "second_owner": 200, "contact": 254,
    "business_unit": 120, "cost_centre": 120, "url": 300, "repository_url": 300,
}  # fmt: skip
LISTS = ("connectors", "hosts", "apps")
LONGEST_LIST, LONGEST_ENTRY = 50, 253
LARGEST = {"audience_size": 1_000_000, "lifespan_days": 730}
is_url = URLValidator(schemes=["http", "https"])


class Problem(Exception):
    """The value cannot be used. The text is a sentence part that follows the field's label and a colon."""


@dataclass
class Cleaned:
    """`values` are ready to use; `problems` says for each other field why its text is not, `texts` what it was."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


def clean(found: Found) -> Cleaned:
    """Every known field of `found`, cleaned one by one; unknown fields are left to the raw row."""
    cleaned = Cleaned()
    for key, value in found.values.items():
        if key not in CLEANERS:
            continue
        if isinstance(value, str) and key not in LISTS and value.strip().casefold() in words()["blank"]:
            continue
        try:
            result = CLEANERS[key](key, value)
        except Problem as problem:
            cleaned.problems[key] = str(problem)
            cleaned.texts[key] = shown(value)
            continue
        if result not in (None, ""):
            cleaned.values[key] = result
    return cleaned


def shown(value: Any) -> str:
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return tidy_block(text)[:2_000]


def clean_line(key: str, value: Any) -> str:
    return fitting(key, tidy(str(value)))


def clean_block(key: str, value: Any) -> str:
    return fitting(key, tidy_block(str(value)))


def fitting(key: str, text: str) -> str:
    if len(text) > LONGEST[key]:
        raise Problem(
            _("it has %(length)d characters, at most %(limit)d fit") % {"length": len(text), "limit": LONGEST[key]}
        )
    return text


def clean_email(key: str, value: Any) -> str:
    text = clean_line(key, value).removeprefix("mailto:").lower()
    try:
        validate_email(text)
    except ValidationError:
        raise Problem(_("“%(text)s” is no e-mail address") % {"text": text[:80]}) from None
    return text


def clean_url(key: str, value: Any) -> str:
    text = clean_line(key, value)
    try:
        is_url(text)
    except ValidationError:
        raise Problem(_("“%(text)s” is no http or https address") % {"text": text[:80]}) from None
    return text


def clean_choice(key: str, value: Any) -> str:
    text = tidy(str(value)).casefold().replace("_", " ")
    for choice, names in words()["choices"][key].items():
        if text in names:
            return choice
    raise Problem(
        _("“%(text)s” is none of %(choices)s") % {"text": text[:80], "choices": ", ".join(words()["choices"][key])}
    )


def clean_number(key: str, value: Any) -> int | None:
    text = re.sub(r"(?<=\d)[ ,.'\u00a0\u202f](?=\d{3}\b)", "", tidy(str(value)))
    match = re.fullmatch(r"(\d{1,9})(?:\.0+)?(?: ?(?:days?|users?|people|tage?))?", text, re.IGNORECASE | re.ASCII)
    if match is None:
        raise Problem(_("“%(text)s” is no whole number") % {"text": text[:80]})
    number = int(match[1])
    if not 1 <= number <= LARGEST[key]:
        raise Problem(_("%(number)d is not between 1 and %(limit)d") % {"number": number, "limit": LARGEST[key]})
    return number


def clean_list(key: str, value: Any) -> list[str] | None:
    parts = value if isinstance(value, list) else re.split(r"[;,\n|]", str(value))
    entries = list(dict.fromkeys(filter(None, (tidy(str(part)) for part in parts))))
    if not entries:
        return [] if isinstance(value, list) else None
    if len(entries) == 1 and entries[0].casefold() in words()["nothing"]:
        return []
    if len(entries) > LONGEST_LIST or any(len(entry) > LONGEST_ENTRY for entry in entries):
        raise Problem(_("it lists more than fits: at most %(limit)d short entries") % {"limit": LONGEST_LIST})
    return [host_of(entry) for entry in entries] if key == "hosts" else entries


def host_of(text: str) -> str:
    try:
        return clean_host(text)
    except ValueError:
        raise Problem(_("“%(text)s” is no host name") % {"text": text[:80]}) from None


def clean_date(key: str, value: Any) -> date:
    text = tidy(str(value))
    try:
        return datetime.fromisoformat(text.replace("Z", "+00:00")).date()
    except ValueError:
        pass
    for form in ("%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%Y/%m/%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  (a calendar day has no zone)
        except ValueError:
            continue
    raise Problem(_("“%(text)s” is no date such as 2027-03-31") % {"text": text[:80]})


def clean_tags(key: str, value: Any) -> dict[str, str] | None:
    try:
        found = tags.cleaned(value) if isinstance(value, dict) else tags.parse(str(value))
    except tags.BadTags as error:
        raise Problem(str(error)) from None
    return found or None


CLEANERS = {
    "name": clean_line,
    "purpose": clean_line,
    "justification": clean_block,
    "owner": clean_line,
    "second_owner": clean_line,
    "contact": clean_email,
    "business_unit": clean_line,
    "cost_centre": clean_line,
    "data_classification": clean_choice,
    "audience_size": clean_number,
    "sla_tier": clean_choice,
    "connectors": clean_list,
    "hosts": clean_list,
    "apps": clean_list,
    "lifespan_days": clean_number,
    "tags": clean_tags,
    "url": clean_url,
    "repository_url": clean_url,
    "expires_on": clean_date,
}
