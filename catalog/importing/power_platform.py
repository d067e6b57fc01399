"""Inventories of the Power Platform: the admin center's CSV, CoE Starter Kit tables, and JSON lists of apps.

JSON is made a table by flattening each object, so that the same mapping page serves both."""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from catalog.importing import csv_file
from catalog.importing.found import LONGEST_FILE, MOST_ROWS, BadFile
from catalog.importing.tables import Row, Table, checked
from catalog.importing.texts import decode, is_clean, tidy

LISTS = ("value", "apps", "items", "resources", "data")
DEEPEST = 5


def read(content: bytes, encoding: str = "") -> Table:
    """The table in a CSV or JSON export. Raises BadFile with a sentence."""
    if len(content) > LONGEST_FILE:
        raise BadFile(_("The file is larger than 50 MB. Split it."))
    text, used = decode(content[:4_000] if not is_json(content) else content, encoding)
    if not text.lstrip("\ufeff \r\n\t").startswith(("[", "{")):
        return csv_file.read(content, encoding)
    records = parsed(text.lstrip("\ufeff"))
    if len(records) > MOST_ROWS:
        raise BadFile(_("The file has more than %(limit)d apps. Split it.") % {"limit": MOST_ROWS})
    header: dict[str, None] = {}
    for record in records:
        if isinstance(record, dict):
            header.update(dict.fromkeys(flat(record)))
        if len(header) > csv_file.MOST_COLUMNS:
            raise BadFile(
                _("The apps in this file have more than %(limit)d different fields.") % {"limit": csv_file.MOST_COLUMNS}
            )
    if not header:
        raise BadFile(_("The JSON holds no list of apps. Export a list of objects, or an object with a “value” list."))
    return Table(list(header), rows_of(records, list(header)))


def is_json(content: bytes) -> bool:
    return content[:200].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")[:1] in (b"[", b"{")


def parsed(text: str) -> list[Any]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        raise BadFile(_("The JSON cannot be read. Export the file again, or check it with a JSON linter.")) from None
    if isinstance(whole, dict):
        whole = next((whole[name] for name in LISTS if isinstance(whole.get(name), list)), [whole])
    return whole if isinstance(whole, list) else []


def flat(record: dict[str, Any], prefix: str = "", depth: int = 0) -> dict[str, str]:
    """Nested objects become `owner.email`; lists become text joined by semicolons."""
    cells: dict[str, str] = {}
    for name, value in record.items():
        key = tidy(f"{prefix}{name}")[:200]
        if not is_clean(key) or not key:
            continue
        if isinstance(value, dict) and depth < DEEPEST:
            cells.update(flat(value, f"{key}.", depth + 1))
        elif isinstance(value, list) and any(isinstance(part, dict) for part in value) and depth < DEEPEST:
            merged: dict[str, list[str]] = {}
            for part in value:
                for inner, text in (
                    flat(part, f"{key}.", depth + 1) if isinstance(part, dict) else {key: said(part)}
                ).items():
                    merged.setdefault(inner, []).append(text)
            cells.update({inner: "; ".join(filter(None, texts)) for inner, texts in merged.items()})
        elif isinstance(value, list):
            cells[key] = "; ".join(filter(None, map(said, value)))
        else:
            cells[key] = said(value)
    return cells


def said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def rows_of(records: list[Any], header: list[str]) -> Iterator[Row]:
    for number, record in enumerate(records, 1):
        if not isinstance(record, dict):
            yield Row(number, {}, _("Entry %(row)d is not an object with fields.") % {"row": number})
            continue
        cells = flat(record)
        yield checked(number, {name: cells.get(name, "") for name in header})
