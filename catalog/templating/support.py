"""Can this app become a template: all of it, some of it, or not; each part with what is done about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from catalog.templating.render import ANSWERS_FILE
from catalog.templating.tree import File, Tree

ALL, SOME, NOT = "all", "some", "not"
MANIFEST = "microapp.yaml"
WRITTEN_ANEW = frozenset({MANIFEST, ANSWERS_FILE})
GENERATED = re.compile(
    r"(^|/)(node_modules|dist|build|__pycache__|\.trellis|\.DS_Store)(/|$)|\.(zip|log|pyc)$|(^|/)sbom\.cdx\.json$"
)
SECRET = re.compile(
    r"AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY-----|gh[pousr]_[A-Za-z0-9]{30,}|xox[abp]-[A-Za-z0-9-]{20,}"
    r"|(?i:(password|secret|api[_-]?key)\s*[:=]\s*[\"'][^\"'\s]{12,}[\"'])"
)
LICENCES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "COPYING")
SHOWN = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".woff", ".woff2", ".ttf"})  # copied as they are
DATA = frozenset({".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".xml", ".yaml", ".yml", ".sql", ".txt"})
NO_DATA = WRITTEN_ANEW | {"package.json", "package-lock.json", "tsconfig.json", *LICENCES}
ADDRESS = re.compile(r"[\w.+-]+@([\w-]+\.)+[a-z]{2,}", re.I)
MADE_UP = re.compile(r"@(.*\.)?example(\.(org|com|net))?$|\.(invalid|test|example)$", re.I)
PERSONAL = re.compile(
    r"[\"',;\t<]?\b(first_?name|last_?name|surname|birth_?da(y|te)|date_of_birth|iban|passport|ssn|social_security\w*|"
    r"salary|home_address|phone_?number|mobile_?phone)\b[\"',;\t>:]", re.I
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One finding: `outcome` of this part, and a sentence that says what is done about it."""

    outcome: str
    sentence: str
    file: str = ""


@dataclass(frozen=True)
class Support:
    outcome: str
    lines: tuple[Line, ...]


def support(app: Tree, *, rendered: Tree, known: frozenset[str] = frozenset()) -> Support:
    """`rendered` is the app as its own template made it: an app that was never changed is nobody's work but the template's.

    `known` are addresses that each clone replaces by its own, and so no personal data."""
    lines = [*refusals(app, rendered), *left_out(app, known)]
    outcome = NOT if any(one.outcome == NOT for one in lines) else SOME if lines else ALL
    return Support(outcome, tuple(lines))


def refusals(app: Tree, rendered: Tree) -> Iterator[Line]:
    for path, file in sorted(app.items()):
        if path != MANIFEST and not GENERATED.search(path) and file.text is not None and SECRET.search(file.text):
            said = _("It holds what looks like a secret. Take it out, make a new one, and propose it again.")
            yield Line(NOT, said, path)
    if not any(name in app for name in LICENCES):
        yield Line(NOT, _("It has no licence, so nobody may reuse it. Add a LICENSE file."))
    own = {path for path in app if app[path] != rendered.get(path)} - WRITTEN_ANEW
    if rendered and not own and not set(rendered) - set(app):
        yield Line(NOT, _("Nothing in it differs from the template it was made from. Propose what you have changed."))


def left_out(app: Tree, known: frozenset[str] = frozenset()) -> Iterator[Line]:
    for path, file in sorted(app.items()):
        if sentence := why_out(path, file, known):
            yield Line(SOME, sentence, path)


def why_out(path: str, file: File, known: frozenset[str] = frozenset()) -> str:
    """Why a file does not go into the template; empty when it does."""
    suffix, text = PurePosixPath(path).suffix.casefold(), file.text
    if GENERATED.search(path):
        return _("This is generated and stays out.")
    if text is None:
        return "" if suffix in SHOWN else _("This is not text, so nobody can look at what is in it. It stays out.")
    if suffix in DATA and path not in NO_DATA and is_personal(text, known):
        return _("It looks like data about people and stays out. Put made-up data in its place, and propose it again.")
    return ""


def is_personal(text: str, known: frozenset[str]) -> bool:
    """Columns that speak of people, or addresses that are neither made up nor the app's own."""
    found = (match[0] for match in ADDRESS.finditer(text))
    return bool(PERSONAL.search(text)) or any(one not in known and not MADE_UP.search(one) for one in found)
