"""What every reader gives: one `Found` for each thing in the file, and `BadFile` when there is nothing to read."""

from dataclasses import dataclass, field
from typing import Any

LONGEST_FILE = 50 * 1024 * 1024
MOST_ROWS = 200_000
LONGEST_ROW = 200_000  # characters of one row or document


class BadFile(Exception):
    """The file as a whole cannot be read. The text is a sentence for the person who sent it."""


@dataclass
class Found:
    """One row or document as it was found. `values` are contract fields by key, still as text or lists of text.

    `refusal` is a sentence when nothing can be made of it; it is kept and shown, never dropped."""

    number: int
    name: str = ""
    external_id: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)
    refusal: str = ""
