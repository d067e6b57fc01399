"""The parts of a course that are passed rather than read: the rules of its quiz, and its hands-on task."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from approvals.engine.cases import BASE, merged
from approvals.engine.inputs import problem_of
from training.courses import front_matter
from training.courses.problems import Problems
from training.courses.source import REVIEW, SHOWS, Exercise, QuizRules
from training.questions.drawing import Pool
from training.questions.item import Item

Files = Mapping[str, bytes]
COURSE, EXERCISE = "course.md", "exercise.yaml"


def read_quiz(given: Any, items: tuple[Item, ...], problems: Problems) -> QuizRules | None:
    if not items:
        if given:
            problems.say(COURSE, _("The quiz has no questions. Write them in questions.yaml, or take the quiz out."))
        return None
    given = given or {}
    if not isinstance(given, Mapping):
        problems.say(COURSE, _("quiz is a list of fields."))
        return None
    try:
        rules = QuizRules(
            title=str(given.get("title") or _("Quiz")),
            passing_score=whole(given.get("passing_score", 80), 1, 100),
            attempts=None if given.get("attempts", 4) is None else whole(given.get("attempts", 4), 1, 100),
            cool_down=steps(given.get("cool_down", [10, 1440])),
            time_limit=None if given.get("time_limit") is None else whole(given["time_limit"], 1, 600),
            shuffle=bool(given.get("shuffle", True)),
            draw=tuple(Pool(str(one.get("tag", "")), whole(one["count"], 1, 100)) for one in given.get("draw") or []),
            review={phase: shown(given.get("review"), phase) for phase in REVIEW},
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        problems.say(
            COURSE,
            _(
                "quiz: whole numbers for passing_score, attempts, cool_down (two), time_limit; draw is a list of tag and count."
            ),
        )
        return None
    for pool in rules.draw:
        have = sum(1 for item in items if not pool.tag or pool.tag in item.tags)
        if have < pool.count:
            sentence = _("quiz draws %(count)d questions tagged %(tag)s, and there are %(have)d.")
            problems.say(COURSE, sentence % {"count": pool.count, "tag": pool.tag, "have": have})
    return rules


def whole(value: Any, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(value)
    return value


def steps(value: Any) -> tuple[int, int]:
    first, later = value
    return whole(first, 0, 100_000), whole(later, 0, 100_000)


def shown(review: Any, phase: str) -> tuple[str, ...]:
    if not isinstance(review, Mapping) or phase not in review:
        return REVIEW[phase]
    given = tuple(review[phase] or ())
    if not set(given) <= set(SHOWS):
        raise ValueError(given)
    return given


def read_exercise(files: Files, problems: Problems) -> Exercise | None:
    if EXERCISE not in files:
        return None
    data = problems.reading(EXERCISE, lambda: front_matter.load(files[EXERCISE].decode()))
    if not isinstance(data, Mapping) or not all(
        isinstance(data.get(one), str) for one in ("title", "text", "manifest")
    ):
        problems.say(EXERCISE, _("A hands-on task has title, text, manifest and policies."))
        return None
    if not isinstance(data.get("policies"), list) or not data["policies"]:
        problems.say(EXERCISE, _("Name the policies that must pass."))
        return None
    connectors = data.get("connectors") or []
    if not isinstance(connectors, list) or any(
        problem_of(merged(BASE, {"request": {"connectors": [one]}})) for one in connectors
    ):
        problems.say(EXERCISE, _("Each connector has slug, name, status and data_classes."))
        return None
    return Exercise(
        title=data["title"],
        text=data["text"],
        manifest=data["manifest"],
        policies=tuple(map(str, data["policies"])),
        hints=tuple(map(str, data.get("hints") or [])),
        connectors=tuple(connectors),
    )
