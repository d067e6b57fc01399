"""Which questions of a bank an attempt gets, and in what order: the same seed draws the same again."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from training.questions.grading import rights
from training.questions.item import Item, ItemKind


@dataclass(frozen=True)
class Pool:
    """Draw `count` questions that carry `tag`; an empty tag is any question."""

    tag: str
    count: int


def drawn(items: Sequence[Item], pools: Sequence[Pool], seed: str, *, shuffle: bool = True) -> list[int]:
    """Indexes of the questions drawn. Without pools all of them; no question is drawn twice.

    A pool with fewer questions than it asks for gives those it has."""
    chance = random.Random(seed)
    if not pools:
        chosen = list(range(len(items)))
    else:
        chosen = []
        for pool in pools:
            fits = [n for n, item in enumerate(items) if n not in chosen and (not pool.tag or pool.tag in item.tags)]
            chosen += chance.sample(fits, min(pool.count, len(fits)))
        chosen.sort()
    if shuffle:
        chance.shuffle(chosen)
    return chosen


def option_order(item: Item, seed: str, *, shuffle: bool = True) -> list[int]:
    """In which order the options (or items, or right sides) of a question stand. Items to order never stand in order."""
    size = {
        ItemKind.SINGLE: len(item.options),
        ItemKind.MULTIPLE: len(item.options),
        ItemKind.ORDERING: len(item.items),
        ItemKind.MATCHING: len(rights(item)),
    }.get(item.kind, 0)
    order = list(range(size))
    if shuffle or item.kind == ItemKind.ORDERING:
        chance = random.Random(f"{seed}:{item.key}")
        chance.shuffle(order)
        if item.kind == ItemKind.ORDERING and order == sorted(order):
            order = order[1:] + order[:1]
    return order
