"""A question as plain data: what a course's `questions.yaml` says, a GIFT file carries, and an attempt freezes."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ItemKind(TextChoices):
    SINGLE = "single", _("One answer")
    MULTIPLE = "multiple", _("Several answers")
    TRUE_FALSE = "true_false", _("True or false")
    ORDERING = "ordering", _("Put in order")
    MATCHING = "matching", _("Match")
    NUMERIC = "numeric", _("A number")
    SHORT_ANSWER = "short_answer", _("A short answer")


class BadItem(Exception):
    """A question cannot be used as it is. The text is a sentence for the person who wrote it."""


@dataclass(frozen=True)
class Option:
    """One answer to choose. `weight` is the percentage of the points it gives or takes, -100 to 100."""

    text: str
    weight: float = 0
    feedback: str = ""

    @property
    def is_right(self) -> bool:
        return self.weight > 0


@dataclass(frozen=True)
class Pair:
    """What stands left belongs to what stands right. A pair without a left side is one answer too many, to mislead."""

    left: str
    right: str


@dataclass(frozen=True)
class Accepted:
    """A text that counts as an answer, with the percentage of the points it gives. `*` at an end or inside: anything."""

    text: str
    weight: float = 100
    feedback: str = ""


@dataclass(frozen=True)
class Range:
    """A number that counts as an answer: `value` within `tolerance` on both sides."""

    value: float
    tolerance: float = 0
    weight: float = 100
    feedback: str = ""


@dataclass(frozen=True)
class PolicyBinding:
    """The key is what the policy says to `input` (merged over the engine's case base): true means it passes."""

    slug: str
    input: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """Only the fields of its kind are filled: `options` (single, multiple), `answer` (true or false; None when a policy
    decides), `items` in their right order (ordering), `pairs` (matching), `ranges` (numeric), `accepted` (short answer)."""

    key: str
    kind: ItemKind
    text: str
    tags: tuple[str, ...] = ()
    title: str = ""
    explanation: str = ""
    lesson: str = ""
    format: str = "markdown"  # GIFT knows html, plain and moodle too
    options: tuple[Option, ...] = ()
    answer: bool | None = None
    feedback: tuple[str, str] = ("", "")  # true or false: said to a wrong and to a right answer
    items: tuple[str, ...] = ()
    pairs: tuple[Pair, ...] = ()
    ranges: tuple[Range, ...] = ()
    unit: str = ""
    accepted: tuple[Accepted, ...] = ()
    case_sensitive: bool = False
    policy: PolicyBinding | None = None
