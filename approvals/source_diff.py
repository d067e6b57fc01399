"""The difference between two texts of a policy, line by line, as pure functions."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """`sign` is "+", "-", " " for a line that stayed, or "@" for a gap."""

    sign: str
    text: str


@dataclass(frozen=True)
class FileDiff:
    name: str
    lines: list[Line]


def between(before: Mapping[str, str], after: Mapping[str, str]) -> list[FileDiff]:
    """The files that differ, with three lines around each change."""
    found = []
    for name in sorted({*before, *after}):
        old, new = before.get(name, "").splitlines(), after.get(name, "").splitlines()
        lines = [line_of(text) for text in list(difflib.unified_diff(old, new, lineterm="", n=3))[2:]]
        if lines:
            found.append(FileDiff(name, lines))
    return found


def line_of(text: str) -> Line:
    return Line("@", "") if text.startswith("@@") else Line(text[0], text[1:])
