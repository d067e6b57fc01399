"""Item analysis: how hard a question is, and whether those who know more answer it better. Versions of a question stand apart.

Difficulty is the mean score (facility); discrimination the correlation of the question's score with the score of the rest
of the attempt (point-biserial). Below a number of answers neither says anything, so neither is given."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from training.models import AttemptItem, Course
from training.questions import codec
from training.questions.item import Item, ItemKind

FEWEST = 20


@dataclass(frozen=True)
class Analysis:
    """Shares are from 0 to 1; None where there are too few answers, or where everybody scored the same. `chosen` says how often
    each option was taken."""

    item: Item
    version: int
    is_current: bool
    answers: int
    difficulty: float | None
    discrimination: float | None
    chosen: tuple[tuple[str, bool, int], ...]

    @property
    def needs_a_look(self) -> bool:
        """Harder than a guess, so easy that it tells nothing, or answered better by those who know less."""
        if self.difficulty is None:
            return False
        return not 0.25 <= self.difficulty <= 0.97 or (self.discrimination is not None and self.discrimination < 0.1)


def correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Pearson's r; None when one side never varies."""
    size = len(pairs)
    if size < 2:
        return None
    mean_x, mean_y = (sum(side) / size for side in zip(*pairs, strict=True))
    across = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    spread = sqrt(sum((x - mean_x) ** 2 for x, _y in pairs) * sum((y - mean_y) ** 2 for _x, y in pairs))
    return across / spread if spread > 1e-9 else None


def analyse(course: Course) -> list[Analysis]:
    """Every question that was asked, by key and wording, the present ones first. Two queries."""
    rows = list(
        AttemptItem.objects.filter(
            question__version__course=course, attempt__submitted_at__isnull=False
        ).select_related("question__version", "attempt")
    )
    sizes = Counter(row.attempt_id for row in rows)
    totals: Counter[int] = Counter()
    for row in rows:
        totals[row.attempt_id] += row.score or 0  # type: ignore[assignment]
    groups: dict[tuple[str, str], list[AttemptItem]] = {}
    for row in rows:
        groups.setdefault((row.question.key, row.question.digest), []).append(row)
    current = set(course.current.questions.values_list("key", "digest")) if course.current else set()
    found = [analysis(group, key in current, sizes, totals) for key, group in groups.items()]
    return sorted(found, key=lambda one: (not one.is_current, not one.needs_a_look, one.item.key))


def analysis(rows: list[AttemptItem], is_current: bool, sizes: Counter[int], totals: Counter[int]) -> Analysis:
    latest = max(rows, key=lambda row: row.question.version.number)
    item = codec.read(latest.question.content)
    pairs = [
        (row.score or 0, (totals[row.attempt_id] - (row.score or 0)) / (sizes[row.attempt_id] - 1))
        for row in rows
        if sizes[row.attempt_id] > 1
    ]
    enough = len(rows) >= FEWEST
    return Analysis(
        item=item,
        version=latest.question.version.number,
        is_current=is_current,
        answers=len(rows),
        difficulty=sum(row.score or 0 for row in rows) / len(rows) if enough else None,
        discrimination=correlation(pairs) if enough else None,
        chosen=chosen(item, rows),
    )


def chosen(item: Item, rows: list[AttemptItem]) -> tuple[tuple[str, bool, int], ...]:
    if item.kind not in (ItemKind.SINGLE, ItemKind.MULTIPLE):
        return ()
    taken: Counter[int] = Counter()
    for row in rows:
        taken.update(row.answer if isinstance(row.answer, list) else [row.answer] if row.answer is not None else [])
    return tuple((option.text, option.is_right, taken[n]) for n, option in enumerate(item.options))
