"""Usage files, CSV or JSON lines: days of use, visitors, and the day until which a signal is complete."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from catalog.importing import csv_file
from catalog.importing.found import LONGEST_FILE, LONGEST_ROW, BadFile
from catalog.importing.texts import decode, is_clean, tidy

MOST_LINES = 1_000_000
LARGEST = 2_000_000_000
NAMES = {
    "app": ("app", "slug", "app id", "app_id", "appid", "source id", "source_id", "external_id"),
    "signal": ("signal", "collector", "source"),
    "day": ("day", "date", "last_seen_on", "seen on", "seen_on"),
    "users": ("users", "unique users", "active users", "unique_users"),
    "events": ("events", "count", "launches", "views"),
    "visitor": ("visitor", "user", "visitor id", "visitor_id"),
    "complete_until": ("complete_until", "complete until"),
    "complete_from": ("complete_from", "complete from"),
}


@dataclass(frozen=True)
class UsageLine:
    """One line: a day of an app (`day`), a visitor seen (`visitor`, hashed), a report of completeness (`until`), or a
    `refusal` in words."""

    number: int
    app: str = ""
    signal: str = ""
    day: date | None = None
    users: int = 0
    events: int = 0
    visitor: str = ""
    until: date | None = None
    since: date | None = None
    refusal: str = ""


def read(content: bytes, encoding: str = "") -> Iterator[UsageLine]:
    """Every line in turn. Raises BadFile when the file as a whole cannot be read."""
    if len(content) > LONGEST_FILE:
        raise BadFile(_("The file is larger than 50 MB. Split it."))
    if content.lstrip(b"\xef\xbb\xbf\r\n\t ")[:1] == b"{":
        text, _encoding = decode(content, encoding)
        return json_lines(text.removeprefix("\ufeff"))
    table = csv_file.read(content, encoding)
    columns = {key: column for key in NAMES for column in table.header if column.casefold() in NAMES[key]}
    if not {"app", "day"} <= set(columns) and not {"signal", "complete_until"} <= set(columns):
        raise BadFile(_("The file needs the columns app and day, and signal, users, events or visitor."))
    return table_lines(table, columns)


def table_lines(table: csv_file.Table, columns: dict[str, str]) -> Iterator[UsageLine]:
    for row in table.rows:
        if row.refusal:
            yield UsageLine(row.number, refusal=row.refusal)
            continue
        yield line_of(row.number, {key: row.cells[column] for key, column in columns.items()})


def json_lines(text: str) -> Iterator[UsageLine]:
    number = 0
    for line in text.splitlines():
        if not line.strip():
            continue
        number += 1
        if number > MOST_LINES:
            yield UsageLine(
                number,
                refusal=_("The file has more than %(limit)d lines. The rest was not read.") % {"limit": MOST_LINES},
            )
            return
        try:
            data = json.loads(line) if len(line) <= LONGEST_ROW else None
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            yield UsageLine(number, refusal=_("Line %(row)d is not a JSON object.") % {"row": number})
            continue
        found = {key: data[name] for key, names in NAMES.items() for name in names if name in data}
        yield line_of(number, found)


def line_of(number: int, cells: dict[str, Any]) -> UsageLine:
    texts = {key: tidy(str(value)) if value is not None else "" for key, value in cells.items()}
    if not all(is_clean(text) and len(text) <= 200 for text in texts.values()):
        return UsageLine(number, refusal=_("Row %(row)d has a value that is too long or not text.") % {"row": number})
    try:
        if texts.get("complete_until"):
            since = day_of(texts["complete_from"]) if texts.get("complete_from") else None
            return UsageLine(number, signal=signal_of(texts), until=day_of(texts["complete_until"]), since=since)
        if not texts.get("app"):
            raise ValueError(_("names no app"))
        day = day_of(texts.get("day", ""))
        if visitor := texts.get("visitor", ""):
            hashed = hashlib.sha256(visitor.casefold().encode()).hexdigest()
            return UsageLine(number, app=texts["app"], signal=texts.get("signal", ""), day=day, visitor=hashed)
        users, events = count_of(texts, "users"), count_of(texts, "events")
        return UsageLine(number, app=texts["app"], signal=signal_of(texts), day=day, users=users, events=events)
    except ValueError as error:
        return UsageLine(number, refusal=_("Row %(row)d %(problem)s.") % {"row": number, "problem": error})


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise ValueError(_("has no day such as 2026-11-23")) from None


def signal_of(texts: dict[str, str]) -> str:
    signal = texts.get("signal", "").lower().replace(" ", "-")
    if not signal or len(signal) > 40 or not all(c.isalnum() and c.isascii() or c in "-_" for c in signal):
        raise ValueError(_("has no signal: a short name such as sign-ins"))
    return signal


def count_of(texts: dict[str, str], key: str) -> int:
    text = texts.get(key, "") or "0"
    text = text.removesuffix(".0")
    if not (text.isascii() and text.isdigit()) or int(text[:12]) > LARGEST:
        raise ValueError(_("has no whole number for %(key)s") % {"key": key})
    return int(text)
