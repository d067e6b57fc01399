"""The search registry: each package says how it finds its things; the search page and the palette show the groups."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from portal.models import User


@dataclass(frozen=True)
class Hit:
    """One thing found: `hint` is the small text beside the name."""

    name: str
    url: str
    icon: str
    hint: str = ""


Finder = Callable[[User, str, int], list[Hit]]


@dataclass(frozen=True)
class Group:
    """`finder(user, words, limit)` returns at most `limit` hits that `user` may see, best first."""

    key: str
    label: str | Promise
    finder: Finder
    order: int = 50


GROUPS: dict[str, Group] = {}


def register(group: Group) -> None:
    GROUPS[group.key] = group


def search(user: User, words: str, *, limit: int = 6) -> list[tuple[Group, list[Hit]]]:
    """The groups that found something, in their order. Words shorter than two letters find nothing."""
    words = words.strip()[:80]
    if len(words) < 2:
        return []
    found = [(group, group.finder(user, words, limit)) for group in sorted(GROUPS.values(), key=lambda g: g.order)]
    return [(group, hits) for group, hits in found if hits]
