"""The questions of `copier.yml`, as plain data in one shape whichever way they were written."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from catalog.templating.problems import Problem
from catalog.templating.yaml_file import YamlFile

FILE = "copier.yml"
RESERVED = "app"  # what the portal says of the app; a question of that name is never put to anybody
TYPES = ("str", "int", "float", "bool", "json", "yaml", "path")
MOST = 30
Question = dict[str, Any]


def read(file: YamlFile) -> tuple[list[Question], list[Problem]]:
    """Each question: name, type, default, help, choices as [label, value] pairs, multiselect, validator, when, secret,
    multiline, placeholder."""
    found, problems = [], []
    for name, raw in file.content.items():
        if name.startswith("_"):
            continue
        line = file.lines.get(name, 0)
        question, sentence = one(name, raw)
        if sentence:
            problems.append(Problem(sentence, FILE, line))
        elif question is not None:
            found.append(question)
    if len(found) > MOST:
        problems.append(
            Problem(_("More than %(limit)d questions are too many for anybody. Ask fewer.") % {"limit": MOST}, FILE)
        )
    return found, problems


def one(name: str, raw: Any) -> tuple[Question | None, str]:
    said = {"name": name}
    if not name.isidentifier() or len(name) > 60:
        return None, _("“%(name)s” cannot be the name of a question. Use letters, digits and _.") % said
    if not isinstance(raw, Mapping):
        raw = {"default": raw}
    hidden = raw.get("when") is False or str(raw.get("when")).casefold() == "false"
    if name == RESERVED and not hidden:
        return None, _("“app” is filled in by the portal. Give the question another name, or write “when: false”.")
    kind = raw.get("type") or type_of(raw.get("default"))
    if kind not in TYPES:
        return None, _(
            "“%(name)s” is of a type that is not asked here. Take str, int, float, bool, yaml or json."
        ) % said
    choices, sentence = choices_of(raw.get("choices"))
    if sentence:
        return None, sentence % said
    return {
        "name": name,
        "type": kind,
        "default": raw.get("default"),
        "help": str(raw.get("help") or ""),
        "choices": choices,
        "multiselect": bool(raw.get("multiselect")) and bool(choices),
        "validator": str(raw.get("validator") or ""),
        "when": raw.get("when", True),
        "hidden": hidden,
        "secret": bool(raw.get("secret")),
        "multiline": bool(raw.get("multiline")),
        "placeholder": str(raw.get("placeholder") or ""),
    }, ""


def type_of(default: Any) -> str:
    return {bool: "bool", int: "int", float: "float", str: "str"}.get(type(default), "yaml")


def choices_of(raw: Any) -> tuple[list[list[Any]], str]:
    if not raw:
        return [], ""
    if isinstance(raw, Mapping):
        return [[str(label), value_of(value)] for label, value in raw.items()], ""
    if isinstance(raw, list):
        pairs = [item if isinstance(item, list) and len(item) == 2 else [item, item] for item in raw]
        return [[str(label), value_of(value)] for label, value in pairs], ""
    return [], _("The choices of “%(name)s” are computed. Write them out as a list.")


def value_of(raw: Any) -> Any:
    return raw.get("value") if isinstance(raw, Mapping) else raw


def asked(questions: list[Question]) -> list[Question]:
    """Those that a person answers."""
    return [question for question in questions if not question["hidden"] and question["name"] != RESERVED]
