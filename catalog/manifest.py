"""microapp.yaml: the contract as a file beside the source. Read within bounds, checked by the published JSON Schema."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml
from django.utils.translation import gettext as _

from catalog.contract import FIELDS
from catalog.exports import contract_of
from catalog.models import MicroApp

SCHEMA_FILE = Path(__file__).parent / "schemas" / "microapp.schema.json"
VERSION = 1
LARGEST, MOST_EVENTS, DEEPEST = 65_536, 3_000, 5
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One thing to fix. `line` counts from 1; None when it is about the whole file."""

    sentence: str
    line: int | None = None

    def __str__(self) -> str:
        return (
            _("Line %(line)d: %(sentence)s") % {"line": self.line, "sentence": self.sentence}
            if self.line
            else self.sentence
        )


@dataclass(frozen=True)
class Manifest:
    """What a file says: `values` by the keys of the contract, plain as written; `problems` keep it from being used."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@cache
def schema_text() -> str:
    return SCHEMA_FILE.read_text()


@cache
def validator() -> Any:
    return jsonschema_rs.Draft202012Validator(json.loads(schema_text()), validate_formats=True)


def read(text: str | bytes) -> Manifest:
    """Read a manifest. A file that is too large, too deep or no YAML yields one problem; else all there are."""
    if len(text) > LARGEST:
        return Manifest(problems=[Problem(_("The file is larger than 64 KB. A manifest is one or two pages."))])
    try:
        text = text.decode() if isinstance(text, bytes) else text
        if problem := unbounded(text):
            return Manifest(problems=[problem])
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except UnicodeDecodeError:
        return Manifest(problems=[Problem(_("The file is not UTF-8 text. Save it as UTF-8."))])
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = _("This is not YAML: %(problem)s.") % {"problem": error.problem or error.context}
        return Manifest(problems=[Problem(said, mark.line + 1 if mark else None)])
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        return Manifest(problems=[Problem(_("This cannot be read as YAML: %(error)s.") % {"error": str(error)[:200]})])
    if not isinstance(content, dict):
        return Manifest(problems=[Problem(_("A manifest is a list of fields and values, such as “name: Shift swap”."))])
    lines: dict[Place, int] = {}
    problems = list(repeated(tree, lines))
    problems += [problem_of(error, lines) for error in errors_in(content)]
    return Manifest(flat(content), sorted(problems, key=lambda problem: problem.line or 0))


def errors_in(content: Any) -> list[Any]:
    """What the schema says. Values that JSON lacks (a date, not a number) are checked as text."""
    return list(validator().iter_errors(json.loads(json.dumps(content, default=str).replace("NaN", "null"))))


def unbounded(text: str) -> Problem | None:
    """A look at the events alone, before anything is built of them."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1  # type: ignore[union-attr]
        if isinstance(event, yaml.AliasEvent):
            return Problem(_("Aliases (*) are not read here. Write the value out."), line)
        if depth > DEEPEST or count > MOST_EVENTS:
            return Problem(_("The file holds more than a manifest can. Keep to the fields of the schema."), line)
    return None


def repeated(node: yaml.Node | None, lines: dict[Place, int], place: Place = ()) -> Iterator[Problem]:
    """Notes the line of every value, and tells of keys that stand twice: YAML would silently take the last."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            lines[(*place, name)] = key.start_mark.line + 1
            if name in seen:
                said = _("“%(field)s” stands here a second time. Keep one.") % {"field": name}
                yield Problem(said, key.start_mark.line + 1)
            seen.add(name)
            yield from repeated(value, lines, (*place, name))
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            lines[(*place, number)] = item.start_mark.line + 1
            yield from repeated(item, lines, (*place, number))


def problem_of(error: Any, lines: Mapping[Place, int]) -> Problem:
    """What the schema refused, in a sentence that says what to write."""
    place: Place = tuple(error.instance_path)
    line = next((lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in lines), None)
    name = ".".join(str(part) if isinstance(part, str) else str(part + 1) for part in place) or "microapp.yaml"
    kind = error.kind
    match kind.name:
        case "required":
            missing = ".".join([*(str(part) for part in place), kind.property])
            return Problem(_("“%(field)s” is missing.") % {"field": missing}, line)
        case "additionalProperties":
            unknown = ", ".join(kind.unexpected)
            at = lines.get((*place, kind.unexpected[0]), line)
            return Problem(_("A manifest has no field “%(fields)s”. Remove it.") % {"fields": unknown}, at)
        case "enum":
            said = _("“%(field)s” is one of: %(options)s.") % {"field": name, "options": ", ".join(kind.options)}
        case "const":
            said = _("“%(field)s” is 1 in this format.") % {"field": name}
        case "format" if kind.format == "email":
            said = _("“%(field)s” is an e-mail address.") % {"field": name}
        case "format":
            said = _("“%(field)s” is a full address that begins with https://.") % {"field": name}
        case "pattern" | "type" if name == "cost_centre":
            said = _('“cost_centre” has six digits and stands in quotes, like "410220".')
        case "type":
            said = _("“%(field)s” is %(kind)s.") % {"field": name, "kind": type_in_words(error)}
        case "maxLength":
            said = _("“%(field)s” has at most %(limit)d characters.") % {"field": name, "limit": kind.limit}
        case "minLength":
            said = _("“%(field)s” is empty.") % {"field": name}
        case "minimum":
            said = _("“%(field)s” is at least %(limit)d.") % {"field": name, "limit": kind.limit}
        case "maximum":
            said = _("“%(field)s” is at most %(limit)d.") % {"field": name, "limit": kind.limit}
        case "maxItems":
            said = _("“%(field)s” lists at most %(limit)d.") % {"field": name, "limit": kind.limit}
        case "uniqueItems":
            said = _("“%(field)s” lists something twice.") % {"field": name}
        case _:
            said = _("“%(field)s” does not fit: %(message)s.") % {"field": name, "message": error.message}
    return Problem(said, line)


def type_in_words(error: Any) -> str:
    """The type that the schema wants at this place."""
    wanted = json.loads(schema_text())
    for step in error.schema_path[:-1]:
        wanted = wanted[step]
    words = {
        "string": _("text (put it in quotes)"),
        "integer": _("a whole number"),
        "array": _("a list; write [] for none"),
        "object": _("a group of fields"),
    }
    return words[wanted["type"]]


def flat(content: Mapping[str, Any]) -> dict[str, Any]:
    """The values by the keys of the contract; fields that are absent stay absent."""
    found = {}
    for key, line in FIELDS.items():
        value: Any = content
        for step in line.manifest.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        if value is not None:
            found[key] = value
    return found


def write(app: MicroApp) -> str:
    """The app's contract as a manifest that reads back the same."""
    return text_of(contract_of(app))


def text_of(contract: Mapping[str, Any]) -> str:
    """Plain values by the keys of the contract, as a manifest."""
    content: dict[str, Any] = {"version": VERSION}
    for key, value in contract.items():
        if value in ("", {}, None) and not FIELDS[key].is_mandatory:
            continue
        *groups, name = FIELDS[key].manifest.split(".")
        at = content
        for group in groups:
            at = at.setdefault(group, {})
        at[name] = value
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110)
