"""What an answer is worth, from 0 to 1. Pure; `key` is what the policy said to a bound question.

An answer is plain data: the index of an option (single), indexes (multiple), a bool, the indexes in the chosen order
(ordering), for each left side the index of a right side or None (matching), or the text that was typed."""

import fnmatch
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from training.questions.item import Item, ItemKind


def rights(item: Item) -> list[str]:
    """The right sides to choose from, each once, in the order of the question."""
    return list(dict.fromkeys(pair.right for pair in item.pairs))


def lefts(item: Item) -> list[str]:
    return [pair.left for pair in item.pairs if pair.left]


def grade(item: Item, answer: Any, key: bool | None = None) -> float:
    """The share of the points. No answer is worth nothing, and so is one that does not fit the question."""
    if answer is None:
        return 0.0
    return min(1.0, max(0.0, GRADERS[item.kind](item, answer, key)))


def by_option(item: Item, answer: Any, key: bool | None) -> float:
    return item.options[answer].weight / 100 if is_index(answer, len(item.options)) else 0


def by_options(item: Item, answer: Any, key: bool | None) -> float:
    chosen = {one for one in answer if is_index(one, len(item.options))} if isinstance(answer, list) else set()
    total = sum(item.options[one].weight for one in chosen) / 100
    return 1.0 if total > 0.999 else total  # three thirds are a whole


def by_truth(item: Item, answer: Any, key: bool | None) -> float:
    right = key if item.policy else item.answer
    return 1.0 if right is not None and answer is right else 0.0


def by_neighbours(item: Item, answer: Any, key: bool | None) -> float:
    """The share of items that are followed by the one that belongs after them: one shift does not spoil everything."""
    if not isinstance(answer, list) or not all(is_index(one, len(item.items)) for one in answer):
        return 0.0
    if sorted(answer) != list(range(len(item.items))):
        return 0.0
    together = sum(1 for one, after in zip(answer, answer[1:], strict=False) if after == one + 1)
    return together / (len(item.items) - 1)


def by_pairs(item: Item, answer: Any, key: bool | None) -> float:
    wanted, offered = [pair.right for pair in item.pairs if pair.left], rights(item)
    if not isinstance(answer, list) or len(answer) != len(wanted):
        return 0.0
    right = sum(
        1 for one, text in zip(answer, wanted, strict=True) if is_index(one, len(offered)) and offered[one] == text
    )
    return right / len(wanted)


def number(text: Any) -> Decimal | None:
    """The number typed, with a point or a comma for the fraction and blanks or thin marks between thousands."""
    cleaned = re.sub(r"[\s'’_]", "", str(text))
    if re.fullmatch(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?", cleaned):
        cleaned = cleaned.replace(",", "")
    try:
        found = Decimal(cleaned.replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < Decimal(10) ** 18 else None


def by_number(item: Item, answer: Any, key: bool | None) -> float:
    given = number(answer)
    if given is None:
        return 0.0
    fits = [one.weight for one in item.ranges if abs(given - Decimal(str(one.value))) <= Decimal(str(one.tolerance))]
    return max(fits, default=0) / 100


def by_text(item: Item, answer: Any, key: bool | None) -> float:
    given = plain(str(answer), item.case_sensitive)
    fits = [one.weight for one in item.accepted if matches(given, plain(one.text, item.case_sensitive))]
    return max(fits, default=0) / 100


def plain(text: str, case_sensitive: bool) -> str:
    text = " ".join(text.split())
    return text if case_sensitive else text.casefold()


def matches(given: str, pattern: str) -> bool:
    """`*` stands for anything; every other character for itself."""
    if "*" not in pattern:
        return given == pattern
    escaped = "*".join(re.sub(r"([\[\]?])", r"[\1]", part) for part in pattern.split("*"))
    return fnmatch.fnmatchcase(given, escaped)


def is_index(value: Any, size: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < size


GRADERS = {
    ItemKind.SINGLE: by_option,
    ItemKind.MULTIPLE: by_options,
    ItemKind.TRUE_FALSE: by_truth,
    ItemKind.ORDERING: by_neighbours,
    ItemKind.MATCHING: by_pairs,
    ItemKind.NUMERIC: by_number,
    ItemKind.SHORT_ANSWER: by_text,
}
