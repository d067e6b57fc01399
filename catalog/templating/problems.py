"""What is wrong with a template, and where."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """`file` and `line` say where (0 for the file as a whole); the sentence says what to do."""

    sentence: str
    file: str = ""
    line: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
