"""A question to and from plain data, as `questions.yaml` has it and the database keeps it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from training.questions.item import Accepted, BadItem, Item, ItemKind, Option, Pair, PolicyBinding, Range

MOST_OPTIONS = 12
LONGEST = 4_000


def read(data: Any) -> Item:
    """A question from plain data. Raises BadItem with the sentence that says what to mend."""
    if not isinstance(data, Mapping):
        raise BadItem(_("A question is a list of fields. Begin it with “- id:”."))
    key = text_of(data, "id")
    if not key or slugify(key) != key:
        raise BadItem(
            _("Give the question an id of small letters, digits and hyphens. “%(id)s” is not one.") % {"id": key}
        )
    try:
        kind = ItemKind(text_of(data, "kind"))
    except ValueError:
        known = ", ".join(ItemKind.values)
        raise BadItem(_("%(id)s: choose a kind of %(known)s.") % {"id": key, "known": known}) from None
    item = Item(
        key=key,
        kind=kind,
        text=text_of(data, "text"),
        tags=tuple(str(tag) for tag in listed(data, "tags")),
        title=text_of(data, "title"),
        explanation=text_of(data, "explanation"),
        lesson=text_of(data, "lesson"),
        format=text_of(data, "format") or "markdown",
        **PARTS[kind](data),
    )
    refuse_unless_whole(item)
    return item


def text_of(data: Mapping[str, Any], name: str) -> str:
    value = data.get(name)
    if value is None:
        return ""
    if isinstance(value, Mapping | list):
        raise BadItem(_("%(name)s is a text.") % {"name": name})
    return str(value).strip()[:LONGEST]


def listed(data: Mapping[str, Any], name: str) -> Sequence[Any]:
    value = data.get(name) or []
    if not isinstance(value, list):
        raise BadItem(_("%(name)s is a list.") % {"name": name})
    return value


def number_of(value: Any, name: str) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise BadItem(_("%(name)s is a number.") % {"name": name}) from None
    if not -1e15 < number < 1e15:
        raise BadItem(_("%(name)s is out of range.") % {"name": name})
    return number


def options_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """`correct` is enough; `weight` states a percentage of its own."""
    given = [one if isinstance(one, Mapping) else {"text": one} for one in listed(data, "options")]
    right = sum(1 for one in given if one.get("correct")) or 1
    share = 100 / right if data.get("kind") == ItemKind.MULTIPLE else 100
    wrong = -share if data.get("kind") == ItemKind.MULTIPLE else 0

    def weight(one: Mapping[str, Any]) -> float:
        if "weight" in one:
            return number_of(one["weight"], "weight")
        return share if one.get("correct") else wrong

    return {"options": tuple(Option(text_of(one, "text"), weight(one), text_of(one, "feedback")) for one in given)}


def truth_of(data: Mapping[str, Any]) -> dict[str, Any]:
    said = [str(one) for one in listed(data, "feedback")] + ["", ""]
    parts: dict[str, Any] = {"feedback": (said[0], said[1]), "policy": policy_of(data)}
    if isinstance(data.get("answer"), bool):
        parts["answer"] = data["answer"]
    return parts


def policy_of(data: Mapping[str, Any]) -> PolicyBinding | None:
    found = data.get("policy")
    if not found:
        return None
    if not isinstance(found, Mapping) or not isinstance(found.get("input", {}), Mapping):
        raise BadItem(_("A policy is bound by its slug and an input."))
    return PolicyBinding(text_of(found, "slug"), dict(found.get("input") or {}))


def pairs_of(data: Mapping[str, Any]) -> dict[str, Any]:
    pairs = [one for one in listed(data, "pairs") if isinstance(one, Mapping)]
    extra = [Pair("", str(one)) for one in listed(data, "extra")]
    return {"pairs": tuple(Pair(text_of(one, "left"), text_of(one, "right")) for one in pairs) + tuple(extra)}


def ranges_of(data: Mapping[str, Any]) -> dict[str, Any]:
    given = listed(data, "ranges") or [{"value": data.get("answer"), "tolerance": data.get("tolerance") or 0}]
    made = []
    for one in given:
        if not isinstance(one, Mapping):
            raise BadItem(_("A range has a value and a tolerance."))
        made.append(
            Range(
                number_of(one.get("value"), "value"),
                abs(number_of(one.get("tolerance") or 0, "tolerance")),
                number_of(one.get("weight", 100), "weight"),
                text_of(one, "feedback"),
            )
        )
    return {"ranges": tuple(made), "unit": text_of(data, "unit")}


def accepted_of(data: Mapping[str, Any]) -> dict[str, Any]:
    given = [one if isinstance(one, Mapping) else {"text": one} for one in listed(data, "answers")]
    made = [
        Accepted(text_of(one, "text"), number_of(one.get("weight", 100), "weight"), text_of(one, "feedback"))
        for one in given
    ]
    return {"accepted": tuple(made), "case_sensitive": bool(data.get("case_sensitive"))}


PARTS = {
    ItemKind.SINGLE: options_of,
    ItemKind.MULTIPLE: options_of,
    ItemKind.TRUE_FALSE: truth_of,
    ItemKind.ORDERING: lambda data: {"items": tuple(str(one) for one in listed(data, "items"))},
    ItemKind.MATCHING: pairs_of,
    ItemKind.NUMERIC: ranges_of,
    ItemKind.SHORT_ANSWER: accepted_of,
}


def refuse_unless_whole(item: Item) -> None:
    """Raise BadItem unless the question can be asked and answered rightly."""
    if not item.text:
        raise BadItem(_("%(id)s: write the question.") % {"id": item.key})
    problem = PROBLEMS[item.kind](item)
    if problem:
        raise BadItem(f"{item.key}: {problem}")


def with_options(item: Item) -> str:
    right = [one for one in item.options if one.weight > 0]
    if not 2 <= len(item.options) <= MOST_OPTIONS:
        return _("give 2 to 12 options.")
    if not all(one.text for one in item.options):
        return _("every option needs a text.")
    if item.kind == ItemKind.SINGLE and max(one.weight for one in item.options) < 100:
        return _("mark one option as correct.")
    return "" if right else _("mark at least one option as correct.")


def with_pairs(item: Item) -> str:
    lefts = [one.left for one in item.pairs if one.left]
    if len(lefts) < 2 or len(set(lefts)) < len(lefts):
        return _("give two or more pairs with different left sides.")
    return "" if all(one.right for one in item.pairs) else _("every pair needs a right side.")


PROBLEMS = {
    ItemKind.SINGLE: with_options,
    ItemKind.MULTIPLE: with_options,
    ItemKind.TRUE_FALSE: lambda item: (
        ""
        if (item.answer is None) != (item.policy is None)
        else _("say the answer, or bind it to a policy: one of them.")
    ),
    ItemKind.ORDERING: lambda item: (
        ""
        if 2 <= len(set(item.items)) == len(item.items) <= MOST_OPTIONS
        else _("give 2 to 12 different items in order.")
    ),
    ItemKind.MATCHING: with_pairs,
    ItemKind.NUMERIC: lambda item: "" if any(one.weight >= 100 for one in item.ranges) else _("say the right number."),
    ItemKind.SHORT_ANSWER: lambda item: (
        "" if any(one.text and one.weight >= 100 for one in item.accepted) else _("say an answer that is right.")
    ),
}


def dump(item: Item) -> dict[str, Any]:
    """Plain data that `read` makes the same question of; what is empty is left out."""
    data: dict[str, Any] = {"id": item.key, "kind": str(item.kind), "tags": list(item.tags), "title": item.title}
    data |= {"text": item.text, "explanation": item.explanation, "lesson": item.lesson}
    if item.format != "markdown":
        data["format"] = item.format
    if item.options:
        data["options"] = [{"text": one.text, "weight": one.weight, "feedback": one.feedback} for one in item.options]
    if item.kind == ItemKind.TRUE_FALSE:
        data |= {"answer": item.answer, "feedback": list(item.feedback) if any(item.feedback) else []}
    if item.policy:
        data["policy"] = {"slug": item.policy.slug, "input": item.policy.input}
    data["items"] = list(item.items)
    data["pairs"] = [{"left": one.left, "right": one.right} for one in item.pairs if one.left]
    data["extra"] = [one.right for one in item.pairs if not one.left]
    data["ranges"] = [vars(one) for one in item.ranges]
    data |= {"unit": item.unit, "case_sensitive": item.case_sensitive}
    data["answers"] = [vars(one) for one in item.accepted]
    return {name: value for name, value in data.items() if value not in ("", [], None, False) or name == "answer"}


def digest(item: Item) -> str:
    """Of all that a learner could notice; a title or a tag makes no other question."""
    data = {name: value for name, value in dump(item).items() if name not in ("tags", "title", "lesson")}
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
