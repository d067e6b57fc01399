"""Reading GIFT. Every block ends as a question, or as one that is left out with its line and the reason."""

import re
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from training.gift import text as gift
from training.gift.blocks import Block, blocks
from training.questions import codec
from training.questions.item import Accepted, BadItem, Item, ItemKind, Option, Pair, Range

TRUTH = re.compile(r"^\s*(T|TRUE|F|FALSE)\s*(?=#|$)", re.IGNORECASE)
WEIGHT = re.compile(r"^\s*%(-?\d+(?:\.\d+)?)%")
NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
SPAN = re.compile(rf"^({NUMBER})\s*\.\.\s*({NUMBER})$")
AROUND = re.compile(rf"^({NUMBER})\s*(?::\s*({NUMBER}))?$")
GAP = "_____"


@dataclass(frozen=True)
class LeftOut:
    """`kind` is what it would be: essay, description or unreadable."""

    line: int
    title: str
    kind: str
    sentence: str


@dataclass(frozen=True)
class Entry:
    item: Item
    category: str
    line: int


@dataclass(frozen=True)
class Bank:
    entries: list[Entry]
    left_out: list[LeftOut]

    @property
    def items(self) -> list[Item]:
        return [entry.item for entry in self.entries]


class Unusable(Exception):
    def __init__(self, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


def read(text: str) -> Bank:
    entries: list[Entry] = []
    left_out: list[LeftOut] = []
    taken: set[str] = set()
    for number, block in enumerate(blocks(text), start=1):
        title, rest = title_of(block.text)
        try:
            item = item_of(block, title, rest, number)
            item = replace(item, key=free_key(item.key, taken))
            codec.refuse_unless_whole(item)
        except Unusable as problem:
            left_out.append(LeftOut(block.line, title, problem.kind, str(problem)))
        except BadItem as problem:
            left_out.append(LeftOut(block.line, title, "unreadable", str(problem)))
        else:
            taken.add(item.key)
            entries.append(Entry(item, block.category, block.line))
    return Bank(entries, left_out)


def title_of(text: str) -> tuple[str, str]:
    stripped = text.lstrip()
    if not stripped.startswith("::"):
        return "", stripped
    title, rest = gift.cut(stripped[2:], "::")
    return gift.unescaped(title), rest.lstrip()


def free_key(wanted: str, taken: set[str]) -> str:
    key, number = wanted, 2
    while key in taken:
        key, number = f"{wanted[:70]}-{number}", number + 1
    return key


def item_of(block: Block, title: str, rest: str, number: int) -> Item:
    start = gift.find(rest, "{")
    if start < 0:
        raise Unusable("description", _("A text without an answer is no question here. Put it into a lesson."))
    end = gift.find(rest, "}", start)
    if end < 0:
        raise Unusable("unreadable", _("The answers have no closing brace."))
    before, answers, after = rest[:start], rest[start + 1 : end], rest[end + 1 :]
    kind, before = gift.with_format(before)
    asked = gift.unescaped(before)
    if after.strip():
        asked = f"{asked} {GAP} {gift.unescaped(after)}".strip()
    answers, general = gift.cut(answers, "####")
    parts = parts_of(answers.strip())
    said = [text for text in (parts.pop("wrong", ""), gift.plain(general)) if text]
    return Item(
        key=slugify(block.id) or slugify(title)[:70].strip("-") or f"q{number}",
        text=asked or title,
        title=title,
        tags=tuple(block.tags),
        format=kind or "moodle",
        explanation="\n\n".join(said),
        **parts,
    )


def parts_of(answers: str) -> dict[str, Any]:
    """The kind and its own fields."""
    if not answers:
        raise Unusable(
            "essay", _("An essay is graded by a person, so it is no question here. Ask it in an office hour.")
        )
    if answers.startswith("#"):
        return numeric(answers[1:])
    if found := TRUTH.match(answers):
        wrong, right = gift.cut(answers[found.end() :].lstrip()[1:], "#")
        feedback = (gift.plain(wrong), gift.plain(right))
        return {"kind": ItemKind.TRUE_FALSE, "answer": found[1].upper().startswith("T"), "feedback": feedback}
    found_tokens = gift.tokens(answers) or [("=", answers)]  # one short answer needs no sign
    if all(sign == "=" for sign, _text in found_tokens):
        if any(gift.find(text, "->") >= 0 for _sign, text in found_tokens):
            return matching([text for _sign, text in found_tokens])
        return short(found_tokens)
    return choice(found_tokens)


def weighed(text: str) -> tuple[float | None, str]:
    found = WEIGHT.match(text)
    return (float(found[1]), text[found.end() :]) if found else (None, text)


def choice(given: list[tuple[str, str]]) -> dict[str, Any]:
    options, weights = [], []
    for sign, text in given:
        weight, text = weighed(text)
        said, feedback = gift.cut(text, "#")
        weights.append(weight)
        value = weight if weight is not None else 100.0 if sign == "=" else 0.0
        options.append(Option(gift.plain(said), value, gift.plain(feedback)))
    has_right = any(sign == "=" for sign, _text in given)
    is_multiple = not has_right and any(weight is not None for weight in weights)
    return {"kind": ItemKind.MULTIPLE if is_multiple else ItemKind.SINGLE, "options": tuple(options)}


def short(given: list[tuple[str, str]]) -> dict[str, Any]:
    accepted = []
    for _sign, text in given:
        weight, text = weighed(text)
        said, feedback = gift.cut(text, "#")
        accepted.append(Accepted(gift.plain(said), 100.0 if weight is None else weight, gift.plain(feedback)))
    return {"kind": ItemKind.SHORT_ANSWER, "accepted": tuple(accepted)}


def matching(given: list[str]) -> dict[str, Any]:
    pairs = []
    for text in given:
        left, right = gift.cut(gift.cut(text, "#")[0], "->")
        pairs.append(Pair(gift.plain(left), gift.plain(right)))
    return {"kind": ItemKind.MATCHING, "pairs": tuple(pairs)}


def numeric(text: str) -> dict[str, Any]:
    """One number, or a list of them; a ~ is what is said to every other number."""
    given = gift.tokens(text) or [("=", text)]
    ranges, wrong = [], ""
    for sign, part in given:
        weight, part = weighed(part)
        spec, feedback = gift.cut(part, "#")
        if sign == "~":
            wrong = gift.plain(feedback) or gift.plain(spec)
            continue
        ranges.append(range_of(spec.strip(), 100.0 if weight is None else weight, gift.plain(feedback)))
    return {"kind": ItemKind.NUMERIC, "ranges": tuple(ranges), "wrong": wrong}


def range_of(spec: str, weight: float, feedback: str) -> Range:
    if found := SPAN.match(spec):
        low, high = float(found[1]), float(found[2])
        return Range((low + high) / 2, abs(high - low) / 2, weight, feedback)
    if found := AROUND.match(spec):
        return Range(float(found[1]), abs(float(found[2] or 0)), weight, feedback)
    raise Unusable("unreadable", _("“%(text)s” is no number.") % {"text": spec[:60]})
