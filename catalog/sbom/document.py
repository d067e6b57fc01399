"""What every standard comes down to: one list of components."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from packageurl import PackageURL

MOST_COMPONENTS, DEEPEST, LONGEST = 50_000, 100, 1_024
NOTHING = {"NOASSERTION", "NONE", None, ""}  # how SPDX says that nothing is known


class BadSbom(Exception):
    """The file cannot be read as a bill of materials. The text is a sentence for the person who brought it."""


@dataclass
class Component:
    """One part. `purl` is its package URL in canonical form; None when there is none, or when it is not one."""

    name: str
    version: str | None = None
    purl: str | None = None
    licenses: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "version": self.version, "purl": self.purl, "licenses": self.licenses}


@dataclass
class Document:
    """`unread` are package URLs that are none, as they stood in the file."""

    format: str
    spec_version: str
    components: list[Component] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    def add(self, name: Any, version: Any, purl: Any, licenses: list[Any]) -> None:
        """Raises BadSbom when there are too many, or something is no text."""
        if len(self.components) >= MOST_COMPONENTS:
            raise BadSbom(_("It lists more than %(most)d components.") % {"most": MOST_COMPONENTS})
        kept = list(dict.fromkeys(filter(None, (text(one) for one in licenses))))
        self.components.append(Component(text(name) or "", text(version), self.purl_of(text(purl)), kept))

    def purl_of(self, written: str | None) -> str | None:
        if not written:
            return None
        try:
            return PackageURL.from_string(written).to_string()
        except ValueError:
            self.unread.append(written[:120])
            return None


def text(value: Any) -> str | None:
    """A text within bounds. Raises BadSbom for what is none, and for what a database could not keep."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadSbom(_("A text is expected where %(kind)s stands.") % {"kind": type(value).__name__})
    if "\x00" in value or any(0xD800 <= ord(char) <= 0xDFFF for char in value):
        raise BadSbom(_("A text holds a character that is none."))
    return value[:LONGEST]
