"""The search registry: each package says how it finds its things; the search page and the palette show the groups."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
    """`finder(user, words, limit)` returns at most `limit` hits that `user` may see, best first.

    An `idle` group is also asked with no words at all: it says what can be done or where to go."""

    key: str
    label: str | Promise
    finder: Finder
    order: int = 50
    idle: bool = False


GROUPS: dict[str, Group] = {}
SUGGESTERS: list[Finder] = []


def register(group: Group) -> None:
    GROUPS[group.key] = group


def suggest(finder: Finder) -> None:
    """Let `finder` add lines to the group "Actions". It is asked with no words too."""
    SUGGESTERS.append(finder)


def actions(user: User, words: str, limit: int) -> list[Hit]:
    return [hit for finder in SUGGESTERS for hit in finder(user, words, limit)][:limit]


def fits(words: str, *texts: str | Promise) -> bool:
    """Does each of the words begin a word of one of the texts? No words fit everything."""
    starts = " ".join(str(text) for text in texts).casefold().split()
    return all(any(start.startswith(word) for start in starts) for word in words.casefold().split())


def search(user: User, words: str, *, limit: int = 6) -> list[tuple[Group, list[Hit]]]:
    """The groups that found something, in their order. Words shorter than two letters only ask the idle groups."""
    words = clean(words)
    groups = sorted(GROUPS.values(), key=lambda group: group.order)
    if len(words) < 2:
        groups, words = [group for group in groups if group.idle], ""
    found = [(group, group.finder(user, words, limit)) for group in groups]
    return [(group, hits) for group, hits in found if hits]


def clean(words: str) -> str:
    """What is searched for: without odd spaces and characters a database refuses, 80 letters at most."""
    return " ".join(words.replace("\0", " ").split())[:80]


register(Group("actions", _("Actions"), actions, order=20, idle=True))
