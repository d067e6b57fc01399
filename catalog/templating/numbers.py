"""Version numbers of templates: three plain parts, such as 1.10.0."""

import re
from dataclasses import dataclass

NUMBER = re.compile(r"v?(\d{1,5})\.(\d{1,5})\.(\d{1,5})")


@dataclass(frozen=True)
class Number:
    parts: tuple[int, int, int]

    @property
    def text(self) -> str:
        return ".".join(str(part) for part in self.parts)

    @property
    def rank(self) -> int:
        """Orders versions as people read them: 1.10.0 after 1.9.0."""
        major, minor, patch = self.parts
        return (major * 100_000 + minor) * 100_000 + patch


def number_of(text: str) -> Number | None:
    """Of a tag or of what somebody typed; None when it is no plain version."""
    found = NUMBER.fullmatch(text.strip())
    return Number((int(found[1]), int(found[2]), int(found[3]))) if found else None
