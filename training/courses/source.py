"""A course as data, read from its files."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from training.questions.drawing import Pool
from training.questions.item import Item

SHOWS = ("score", "answers", "explanations")


class BadCourse(Exception):
    """The files do not make a course. `problems` are sentences, each beginning with the file it is about."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class QuizRules:
    """`passing_score` in percent; `attempts` in all (None: no limit); `cool_down` minutes after the first failed try and
    after each later one; `time_limit` in minutes (None: none). `review` says what the learner sees after a failed try, after
    a pass, and after the last try: the score, the right answers, the explanations."""

    title: str
    passing_score: int = 80
    attempts: int | None = 4
    cool_down: tuple[int, int] = (10, 1440)
    time_limit: int | None = None
    shuffle: bool = True
    draw: tuple[Pool, ...] = ()
    review: Mapping[str, tuple[str, ...]] | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "QuizRules":
        return cls(
            **{
                **data,
                "cool_down": tuple(data["cool_down"]),
                "draw": tuple(Pool(**pool) for pool in data["draw"]),
                "review": {phase: tuple(shown) for phase, shown in (data.get("review") or {}).items()},
            }
        )

    def shown(self, phase: str) -> tuple[str, ...]:
        return (self.review or {}).get(phase, REVIEW[phase])

    def wait_after(self, failed: int) -> int:
        """Minutes to wait after that many failed tries."""
        return 0 if failed == 0 else self.cool_down[0] if failed == 1 else self.cool_down[1]


REVIEW = {"after_try": ("score",), "after_pass": SHOWS, "after_last": SHOWS}


@dataclass(frozen=True)
class LessonSource:
    slug: str
    title: str
    minutes: int
    summary: str
    body: str
    video: dict[str, str] | None = None

    @property
    def digest(self) -> str:
        """Of what is read and seen: a lesson with other words is another lesson."""
        said = json.dumps([self.title, self.body, self.video], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Exercise:
    """A manifest to put right until the real policies pass. `connectors` are those of the task, as the policy input has them:
    slug, name, status and data_classes."""

    title: str
    text: str
    manifest: str
    policies: tuple[str, ...]
    hints: tuple[str, ...] = ()
    connectors: tuple[Mapping[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Exercise":
        lists = {name: tuple(data.get(name) or ()) for name in ("policies", "hints", "connectors")}
        return cls(**{**data, **lists})


@dataclass(frozen=True)
class CourseSource:
    title: str
    summary: str
    path: str
    level: int
    body: str
    prerequisites: tuple[str, ...]
    policies: tuple[str, ...]
    lessons: tuple[LessonSource, ...]
    items: tuple[Item, ...]
    quiz: QuizRules | None
    exercise: Exercise | None

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)
