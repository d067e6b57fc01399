"""What an import may change in an app that is already there, as a pure three-way comparison.

The rule: the source wins where nobody has touched the field here since the source last spoke of it. Where somebody has,
their value stays, and the row says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Merge:
    """`changes` are [here, in the file] by field; `kept` are the fields where the value here stays against the file."""

    changes: dict[str, list[Any]] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


def merge(here: Mapping[str, Any], last: Mapping[str, Any], told: Mapping[str, Any]) -> Merge:
    """`here` is the app, `last` what the source said before, `told` what it says now; fields it omits are left alone."""
    result = Merge()
    for key, value in told.items():
        if here.get(key) == value:
            continue
        if key in last and here.get(key) == last[key]:
            result.changes[key] = [here.get(key), value]
        elif key not in last or last[key] != value:
            result.kept.append(key)
    return result
