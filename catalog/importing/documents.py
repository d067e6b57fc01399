"""Files of YAML documents: one file, or a ZIP of many. Every document ends as a Found, with a refusal or without."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from catalog.importing.found import LONGEST_FILE, MOST_ROWS, BadFile
from catalog.importing.safe_yaml import text_documents
from catalog.importing.safe_zip import is_zip, members
from catalog.importing.texts import decode

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True)
class Document:
    """`data` is None when there is a `refusal`. `file` is the name inside the ZIP, or empty."""

    number: int
    file: str
    data: Any
    refusal: str = ""


def read(content: bytes, encoding: str = "") -> Iterator[Document]:
    """All documents. Raises BadFile when the file as a whole cannot be read."""
    if len(content) > LONGEST_FILE:
        raise BadFile(_("The file is larger than 50 MB. Split it."))
    number = 0
    for name, data in members(content) if is_zip(content) else [("", content)]:
        if name and not name.lower().endswith(SUFFIXES):
            number += 1
            yield Document(number, name, None, _("“%(file)s” is not a YAML file, so it was not read.") % {"file": name})
            continue
        for document, refusal in in_text(data, encoding):
            if document is None and not refusal:
                continue  # an empty document between two separators says nothing
            number += 1
            if number > MOST_ROWS:
                raise BadFile(_("The file holds more than %(limit)d documents. Split it.") % {"limit": MOST_ROWS})
            yield Document(number, name, plain(document), refusal)


def in_text(data: bytes, encoding: str) -> Iterator[tuple[Any, str]]:
    try:
        text, _encoding = decode(data, encoding)
    except BadFile as error:
        yield None, str(error)
        return
    yield from text_documents(text.removeprefix("\ufeff"))


def plain(value: Any) -> Any:
    """YAML data as JSON can keep it: dates and odd keys become text."""
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set):
        return [plain(part) for part in value]
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    if isinstance(value, bytes):
        return value.decode("latin-1").replace("\x00", "")
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def text_at(data: Any, *path: str) -> str:
    """The text at a path of keys, or nothing. Numbers count as text."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return str(data) if isinstance(data, str | int | float) and not isinstance(data, bool) else ""


def list_at(data: Any, *path: str) -> list[str] | None:
    """The list of texts at a path of keys; None when nothing is said there."""
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    if data is None:
        return None
    if isinstance(data, str):
        return [data]
    return [str(part) for part in data if isinstance(part, str | int | float)] if isinstance(data, list) else []
