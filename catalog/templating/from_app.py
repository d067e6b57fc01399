"""The template that is made of an app: its own name, address and contact become words that each clone fills in."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import yaml
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import escape

from catalog.templating.support import MANIFEST, WRITTEN_ANEW, why_out
from catalog.templating.tree import File, Tree

MARK = re.compile(r"\{(?:[{%#]|\Z)")  # where Jinja would begin, also together with a word that follows
NOWHERE = r"(?!)"
MARKUP = frozenset({".html", ".htm", ".svg", ".xml"})
ADDRESSES = ("contact", "owner", "second_owner")
SCRIPT = frozenset({".js", ".mjs", ".cjs", ".ts", ".json", ".jsonl"})
COPIER = """\
_subdirectory: template
_templates_suffix: .jinja
_min_copier_version: "9.19.0"
_envops: {undefined: jinja2.StrictUndefined, keep_trailing_newline: true}

# Filled in by the portal. Add your own questions above it.
app:
  type: yaml
  when: false
  default: {name: Sample app, slug: sample-app, contact: help@example.org, owner: owner@example.org,
    second_owner: second@example.org, manifest: "version: 1\\n"}
"""


def template_of(app: Tree, words: Mapping[str, str], described: Mapping[str, Any]) -> dict[str, File]:
    """The files of the template. `words` are what the app is called now: name, slug, and the addresses of its people.

    What looks like Jinja in its files and their names comes out of a clone as it went in."""
    files = {
        "template.yaml": File(yaml.safe_dump(dict(described), sort_keys=False, allow_unicode=True).encode()),
        "copier.yml": File(COPIER.encode()),
        "template/{{ _copier_conf.answers_file }}.jinja": File(
            b"# What this app was rendered with. Upgrades read it.\n{{ _copier_answers|to_nice_yaml }}\n"
        ),
        f"template/{MANIFEST}.jinja": File(b"{{ app.manifest }}"),
    }
    places, known = dict(places_of(words)), addresses(words)
    pattern = pattern_of(places)
    in_names = pattern_of({"slug": places["slug"]} if "-" in words["slug"] else {})
    for path, file in app.items():
        if path in WRITTEN_ANEW or why_out(path, file, known):
            continue
        text = file.text
        is_filled = text is not None and (bool(pattern.search(text)) or path.endswith(".jinja"))
        place = "template/" + "/".join(woven(part, in_names, "") for part in path.split("/"))
        if text is None or not is_filled:
            files[place] = file
        else:
            files[f"{place}.jinja"] = File(woven(text, pattern, path).encode(), file.executable)
    return files


def addresses(words: Mapping[str, str]) -> frozenset[str]:
    """Those that each clone replaces by its own."""
    return frozenset(words[key] for key in ADDRESSES if words.get(key))


def woven(text: str, pattern: re.Pattern[str], path: str) -> str:
    """The text with a placeholder at each of the app's own words, and everything else as it is."""
    parts, at = [], 0
    for match in pattern.finditer(text):
        parts += [plain(text[at : match.start()]), placeholder(str(match.lastgroup), path)]
        at = match.end()
    return "".join([*parts, plain(text[at:])])


def pattern_of(places: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{key}>{source})" for key, source in places.items()) or NOWHERE, re.M)


def places_of(words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Where the app's words stand, as patterns. One plain word, such as “form”, means the app only where it is written as a
    title or said to be the name or the address: everywhere else it may be code."""
    name, slug = words["name"], words["slug"]
    for key in ADDRESSES:
        if words.get(key) and words[key] not in [words.get(other) for other in ADDRESSES[: ADDRESSES.index(key)]]:
            yield key, rf"(?<![\w.+-]){re.escape(words[key])}(?![\w-])"
    written = "|".join(re.escape(form) for form in {name, str(escape(name)), htmlsafe_json_dumps(name)[1:-1]})
    if re.search(r"\w\W+\w", name):
        yield "name", rf"(?<!\w)(?:{written})(?!\w)"
    else:
        yield "name", rf"(?<=>)(?:{written})(?=<)|(?<=# )(?:{written})$|(?:{quoted('name')})(?:{written})(?=\")"
    if "-" in slug:
        yield "slug", rf"(?<![\w-]){re.escape(slug)}(?![\w-])"
    else:
        yield "slug", rf"(?:{quoted('slug')}|(?<=/apps/)){re.escape(slug)}(?=[\"/])"


def quoted(key: str) -> str:
    """Behind `slug: "`, `slug = "` or `"slug": "`, as a pattern."""
    return "|".join(f"(?<={lead})" for lead in (f'{key}: "', f'{key} = "', f'"{key}": "'))


def placeholder(key: str, path: str) -> str:
    """The word, written so that whatever a maker calls the app cannot break out of where it stands."""
    suffix = PurePosixPath(path).suffix.casefold()
    if suffix in MARKUP:
        return f"{{{{ app.{key}|e }}}}"
    if suffix in SCRIPT:
        return f"{{{{ (app.{key}|tojson)[1:-1] }}}}"
    return f"{{{{ app.{key} }}}}"


def plain(text: str) -> str:
    """A text that comes out of Jinja as it went in."""
    if not MARK.search(text):
        return text
    if "endraw" in text:
        return MARK.sub(lambda mark: '{{ "' + mark[0] + '" }}', text)
    return f"{{% raw %}}{text}{{% endraw %}}"
