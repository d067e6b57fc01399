"""Reading what a form says to a question. What does not fit the question is no answer."""

from typing import Any

from django.http import QueryDict

from training.questions.grading import lefts, rights
from training.questions.item import Item, ItemKind

LONGEST = 200


def read(item: Item, data: QueryDict, name: str) -> Any:
    """The answer as plain data (see `grading`), or None when nothing was answered. `name` begins the field's names."""
    return READERS[item.kind](item, data, name)


def index(text: str | None, size: int) -> int | None:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 4:
        return None
    return int(text) if int(text) < size else None


def one_option(item: Item, data: QueryDict, name: str) -> Any:
    return index(data.get(name), len(item.options))


def some_options(item: Item, data: QueryDict, name: str) -> Any:
    chosen = {index(text, len(item.options)) for text in data.getlist(name)} - {None}
    return sorted(one for one in chosen if one is not None) or None


def truth(item: Item, data: QueryDict, name: str) -> Any:
    return {"true": True, "false": False}.get(data.get(name, ""))


def order(item: Item, data: QueryDict, name: str) -> Any:
    """Each item has a select with its place. Every place must be taken once; else it is not answered."""
    size = len(item.items)
    places = [index(data.get(f"{name}-{number}"), size + 1) for number in range(size)]
    if sorted(place or 0 for place in places) != list(range(1, size + 1)):
        return None
    return sorted(range(size), key=lambda number: places[number] or 0)


def matches(item: Item, data: QueryDict, name: str) -> Any:
    chosen = [index(data.get(f"{name}-{number}"), len(rights(item))) for number in range(len(lefts(item)))]
    return chosen if any(one is not None for one in chosen) else None


def typed(item: Item, data: QueryDict, name: str) -> Any:
    return " ".join(data.get(name, "").replace("\0", "").split())[:LONGEST] or None


READERS = {
    ItemKind.SINGLE: one_option,
    ItemKind.MULTIPLE: some_options,
    ItemKind.TRUE_FALSE: truth,
    ItemKind.ORDERING: order,
    ItemKind.MATCHING: matches,
    ItemKind.NUMERIC: typed,
    ItemKind.SHORT_ANSWER: typed,
}
