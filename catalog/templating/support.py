"""Can this app become a template, and how: all of it, some of it, or not. And the template that is made of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _

from catalog.templating.render import ANSWERS_FILE
from catalog.templating.tree import File, Tree

ALL, SOME, NOT = "all", "some", "not"
MANIFEST = "microapp.yaml"
GENERATED = re.compile(
    r"(^|/)(node_modules|dist|build|__pycache__|\.DS_Store)(/|$)|\.(zip|log|pyc)$|(^|/)sbom\.cdx\.json$"
)
SECRET = re.compile(
    r"AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY-----|gh[pousr]_[A-Za-z0-9]{30,}|xox[abp]-[A-Za-z0-9-]{20,}"
    r"|(?i:(password|secret|api[_-]?key)\s*[:=]\s*[\"'][^\"'\s]{12,}[\"'])"
)
JINJA = re.compile(r"\{[{%#]|[}%#]\}")
LICENCES = ("LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "COPYING")


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


def support(app: Tree, *, rendered: Tree) -> Support:
    """`rendered` is the app as its own template made it: an app that was never changed is nobody's work but the template's."""
    lines = [*refusals(app, rendered), *left_out(app)]
    outcome = NOT if any(one.outcome == NOT for one in lines) else SOME if lines else ALL
    return Support(outcome, tuple(lines))


def refusals(app: Tree, rendered: Tree) -> list[Line]:
    found = [
        Line(NOT, _("It holds what looks like a secret. Take it out, make a new one, and propose it again."), path)
        for path, file in sorted(app.items())
        if path != MANIFEST and file.text is not None and SECRET.search(file.text)
    ]
    if not any(name in app for name in LICENCES):
        found.append(Line(NOT, _("It has no licence, so nobody may reuse it. Add a LICENSE file.")))
    own = {path for path in app if app[path] != rendered.get(path)} - {MANIFEST, ANSWERS_FILE}
    if rendered and not own and not set(rendered) - set(app):
        found.append(
            Line(NOT, _("Nothing in it differs from the template it was made from. Propose what you have changed."))
        )
    return found


def left_out(app: Tree) -> list[Line]:
    return [Line(SOME, _("This is generated and stays out."), path) for path in sorted(app) if GENERATED.search(path)]


def template_of(app: Tree, words: Mapping[str, Any], described: Mapping[str, Any]) -> dict[str, File]:
    """The files of a template: the app with its own name and address made into words that each clone fills in.

    `words` are what the app is called now; what looks like Jinja in its files is kept as it is."""
    files = {
        "template.yaml": File(yaml.safe_dump(dict(described), sort_keys=False, allow_unicode=True).encode()),
        "copier.yml": File(COPIER.encode()),
        "template/{{ _copier_conf.answers_file }}.jinja": File(b"{{ _copier_answers|to_nice_yaml }}\n"),
        f"template/{MANIFEST}.jinja": File(b"{{ app.manifest }}"),
    }
    for path, file in app.items():
        if path in (MANIFEST, ANSWERS_FILE) or GENERATED.search(path):
            continue
        text = filled(file.text, words) if file.text is not None else None
        name = f"template/{path}" if text is None else f"template/{path}.jinja"
        files[name] = file if text is None else File(text.encode(), file.executable)
    return files


def filled(text: str, words: Mapping[str, Any]) -> str | None:
    """The text with the app's own words as placeholders; None when it holds none, and is copied as it is."""
    named = {str(words[key]): f"{{{{ app.{key} }}}}" for key in ("contact", "name", "slug") if len(str(words[key])) > 2}
    pattern = re.compile("|".join(re.escape(value) for value in sorted(named, key=len, reverse=True)))
    if not pattern.search(text):
        return None
    parts, at = [], 0
    for match in pattern.finditer(text):
        parts += [plain(text[at : match.start()]), named[match[0]]]
        at = match.end()
    return "".join([*parts, plain(text[at:])])


def plain(text: str) -> str:
    return f"{{% raw %}}{text}{{% endraw %}}" if JINJA.search(text) else text


COPIER = """\
_subdirectory: template
_templates_suffix: .jinja
_envops: {undefined: jinja2.StrictUndefined, keep_trailing_newline: true}

# Filled in by the portal. Add your own questions above it.
app:
  type: yaml
  when: false
  default: {name: Sample app, slug: sample-app, contact: help@example.org, manifest: "version: 1\\n"}
"""
