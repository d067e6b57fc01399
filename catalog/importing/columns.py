"""Which column holds which field of the contract: a proposal by name, and the mapping that a person settles."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.contract import FIELDS
from catalog.importing.found import Found
from catalog.importing.tables import Row
from catalog.importing.texts import tidy

TARGETS: dict[str, str | Promise] = {
    "external_id": gettext_lazy("Number in the source"),
    **{key: each.label for key, each in FIELDS.items()},
    "expires_on": gettext_lazy("Ends on"),
}
NOT_FIXED = frozenset({"external_id", "name"})  # each app has its own
LONGEST_ID = 200


@cache
def words() -> dict[str, Any]:
    """The word lists of synonyms.json."""
    return json.loads((Path(__file__).parent / "synonyms.json").read_text("utf-8"))


@dataclass(frozen=True)
class Mapping:
    """`columns` is field to column, `fixed` is field to the value of every row, `key` the columns that tell rows apart."""

    columns: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)
    key: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Mapping":
        return cls(dict(stored.get("columns", {})), dict(stored.get("fixed", {})), list(stored.get("key", [])))

    def stored(self) -> dict[str, Any]:
        return {"columns": self.columns, "fixed": self.fixed, "key": self.key}

    def fitting(self, header: Iterable[str]) -> "Mapping":
        """The same mapping without columns that this header lacks and fields that do not exist."""
        there = set(header)
        return Mapping(
            {key: name for key, name in self.columns.items() if key in TARGETS and name in there},
            {key: text for key, text in self.fixed.items() if key in TARGETS and key not in NOT_FIXED},
            [name for name in self.key if name in there],
        )


def plain_name(column: str) -> str:
    """`admin_AppDisplayName`, `App display name` and `properties.appDisplayName` are one name."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", column)
    parts = re.findall(r"[^\W_]+", spaced.lower())
    while len(parts) > 1 and (parts[0] in words()["drop"] or re.fullmatch(r"cr\d+\w*", parts[0])):
        parts = parts[1:]
    return " ".join(parts)


def propose(header: list[str], sample: Iterable[Row] = ()) -> Mapping:
    """The best guess: for each field the column whose name is its most likely name. A column serves one field, save the
    number, which may also be the name. A number must be there in every row of the sample and mostly differ."""
    by_name: dict[str, str] = {}
    for column in header:
        by_name.setdefault(plain_name(column), column)
    rows = [row for row in sample if not row.refusal]
    columns: dict[str, str] = {}
    for target, synonyms in words()["columns"].items():
        for synonym in synonyms:
            column = by_name.get(synonym)  # type: ignore[assignment]
            if column is None or (target != "name" and column in columns.values()):
                continue
            if target != "external_id" or tells_apart(column, rows):
                columns[target] = column
                break
    if columns.get("external_id") == columns.get("name"):
        columns.pop("external_id", None)
    key = [columns["name"]] if "name" in columns and "external_id" not in columns else []
    return Mapping(columns, {}, key)


def tells_apart(column: str, rows: list[Row]) -> bool:
    cells = [tidy(row.cells.get(column, "")) for row in rows]
    return all(cells) and len(set(cells)) * 3 >= len(cells) * 2


def found_in(rows: Iterable[Row], mapping: Mapping) -> Iterator[Found]:
    for row in rows:
        yield found_of(row, mapping)


def found_of(row: Row, mapping: Mapping) -> Found:
    """The row through the mapping. A row without a name or a number of its own is refused with a sentence."""
    if row.refusal:
        return Found(row.number, refusal=row.refusal)
    values: dict[str, Any] = dict(mapping.fixed)
    for target, column in mapping.columns.items():
        if text := row.cells.get(column, "").strip():
            values[target] = text
    found = Found(row.number, tidy(str(values.get("name", ""))), raw=dict(row.cells))
    number_column = mapping.columns.get("external_id", "")
    found.external_id = tidy(str(values.pop("external_id", ""))) if number_column else key_of(row, mapping)
    found.values = values
    if not found.external_id:
        found.refusal = _("Row %(row)d has nothing in “%(column)s”, which tells rows apart. Give it a number.") % {
            "row": row.number,
            "column": number_column or ", ".join(mapping.key),
        }
    return found


def key_of(row: Row, mapping: Mapping) -> str:
    """A number made of the key columns, or of the whole row when there are none. Nothing when all of them are empty."""
    parts = [tidy(row.cells.get(name, "")) for name in mapping.key or sorted(row.cells)]
    if not any(parts):
        return ""
    if len(parts) == 1 and len(parts[0]) <= LONGEST_ID:
        return parts[0]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
