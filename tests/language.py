"""A pseudo-language: every translated message is put in brackets, so that what stands outside them was never translated."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

from django.apps import apps
from django.utils.translation import trans_real

from portal.models import User

OPEN, CLOSE = "⟦", "⟧"
INNERMOST = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
WORD = re.compile(r"[^\W\d_]{2,}")
CONTEXT = "\x04"
SPOKEN = {"placeholder", "aria-label", "title", "alt", "aria-description", "data-label"}
DATA = {"script", "style", "bdi", "kbd", "code", "pre", "textarea", "option", "svg", "time"}


class Pseudo:
    """Stands in for the catalog of messages of one language."""

    fallback = None
    domain = "django"

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message.rpartition(CONTEXT)[2]}{CLOSE}"

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        return self.gettext(singular if number == 1 else plural)

    def to_language(self) -> str:
        return "en"


@contextmanager
def pseudo_language() -> Iterator[None]:
    """While it lasts, English is the pseudo-language."""
    before = dict(trans_real._translations), trans_real._default
    trans_real._translations["en"] = trans_real._default = Pseudo()
    trans_real._active.__dict__.pop("value", None)
    try:
        yield
    finally:
        trans_real._translations.clear()
        trans_real._translations.update(before[0])
        trans_real._default = before[1]


class Reader(HTMLParser):
    """Collects what a person reads or hears: text, and the attributes that are spoken."""

    VOID = {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
        "use",
        "path",
    }

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.spoken: list[str] = []
        self.skipped: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = dict(attributes)
        if tag == "input" and known.get("type") in ("submit", "button"):
            self.spoken.append(known.get("value") or "")
        self.spoken += [value for name, value in attributes if name in SPOKEN and value]
        if tag in self.VOID:
            return
        if self.skipped or tag in DATA or known.get("translate") == "no":
            self.skipped.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.skipped and tag not in self.VOID:
            self.skipped.pop()

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.texts.append(data)


def data_words() -> set[str]:
    """Every word that stands in the database: what people typed is not ours to translate."""
    words: set[str] = set()
    for model in apps.get_models():
        if model._meta.app_label in ("portal", "approvals", "training", "catalog"):
            for row in model._base_manager.values():
                words.update(WORD.findall(" ".join(str(value) for value in row.values())))
    return words | {user.initials for user in User.objects.all()}


def bare_words(html: str, known: set[str]) -> set[str]:
    """Words outside all brackets that are not data."""
    reader = Reader()
    reader.feed(html)
    found: set[str] = set()
    for part in [
        "\n".join(reader.texts),
        *reader.spoken,
    ]:  # one message may hold markup, so text is read across elements
        while True:
            shorter = INNERMOST.sub(" ", part)
            if shorter == part:
                break
            part = shorter
        found.update(word for word in WORD.findall(part) if word not in known)
    return found
