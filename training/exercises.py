"""The seam to the package that knows manifests: what each policy says to one that a learner wrote."""

from collections.abc import Callable
from dataclasses import dataclass

from training.courses.source import Exercise


@dataclass(frozen=True)
class Result:
    """`reasons` are empty exactly when it passes. `title` is the policy's, or what else was looked at."""

    title: str
    reasons: tuple[str, ...]

    @property
    def passed(self) -> bool:
        return not self.reasons


Checker = Callable[[str, Exercise], list[Result]]
_checkers: list[Checker] = []


def register(checker: Checker) -> None:
    """`checker(text, task)`: the text of a manifest, and the task with its policies and connectors."""
    _checkers[:] = [checker]


def check(text: str, task: Exercise) -> list[Result]:
    """Raises LookupError when no package can check manifests."""
    if not _checkers:
        raise LookupError("no checker of manifests is registered")
    return _checkers[0](text, task)
