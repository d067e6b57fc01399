"""Courses, learners and badges, made by the real actions."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from portal.models import User
from training.actions import attempts, certifications, courses, enrolments
from training.models import Attempt, AttemptItem, Award, Certification, Course, Enrolment
from training.questions.grading import lefts, rights
from training.questions.item import ItemKind

COURSE_MD = """---
title: {title}
summary: What everybody should know.
path: Maker
level: {level}
prerequisites: {prerequisites}
policies: {policies}
quiz: {{title: The quiz, passing_score: 60, attempts: {attempts}, cool_down: [10, 1440], time_limit: {time_limit}}}
---

You will know the rules.
"""
LESSON_MD = """---
title: {title}
minutes: 5
summary: A lesson.
---

## A heading

Some **text** for {title}.

![A square](pictures/square.svg)
"""
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
QUESTIONS = """- id: one
  kind: single
  tags: [data]
  text: Which one?
  options: [{text: This, correct: true}, {text: That, feedback: Not that.}, {text: Other}]
  explanation: Because.
  lesson: 01-first
- id: some
  kind: multiple
  tags: [data]
  text: Which ones?
  options: [{text: A, correct: true}, {text: B, correct: true}, {text: C}]
  explanation: A and B.
  lesson: 02-second
- id: truth
  kind: true_false
  tags: [more]
  text: Is it so?
  answer: true
  explanation: It is.
- id: order
  kind: ordering
  tags: [more]
  text: In which order?
  items: [First, Second, Third]
- id: match
  kind: matching
  tags: [more]
  text: What belongs?
  pairs: [{left: Cat, right: Purrs}, {left: Dog, right: Barks}]
  extra: [Sings]
- id: number
  kind: numeric
  tags: [more]
  text: How many?
  answer: 90
  tolerance: 1
  unit: days
- id: word
  kind: short_answer
  tags: [more]
  text: Which word?
  answers: [connector, a connector]
"""
EXERCISE = """title: Put it right
text: Change it.
policies: [external-hosts]
connectors: []
manifest: |
  version: 1
hints: [Look at the hosts.]
"""


def course_files(
    title: str = "Basics", *, level: int = 1, lessons: int = 2, questions: str = QUESTIONS, exercise: str = "",
    prerequisites: str = "[]", policies: str = "[]", attempts: int | str = 3, time_limit: int | str = "null",
) -> dict[str, bytes]:  # fmt: skip
    names = ["01-first", "02-second", "03-third", "04-fourth"][:lessons]
    head = COURSE_MD.format(
        title=title,
        level=level,
        prerequisites=prerequisites,
        policies=policies,
        attempts=attempts,
        time_limit=time_limit,
    )
    if not questions:
        head = "\n".join(line for line in head.splitlines() if not line.startswith("quiz:"))
    files = {f"lessons/{name}.md": LESSON_MD.format(title=name[3:].title()).encode() for name in names}
    files |= {"course.md": head.encode(), "lessons/pictures/square.svg": SQUARE}
    if questions:
        files["questions.yaml"] = questions.encode()
    if exercise:
        files["exercise.yaml"] = exercise.encode()
    return files


def make_course(slug: str = "basics", *, now: datetime | None = None, **parts: Any) -> Course:
    now = now or timezone.now()
    draft = courses.save_draft(slug, course_files(**parts), by=None, now=now)
    courses.publish(draft, is_material=False, note="", by=None, now=now)
    return Course.objects.select_related("current").get(slug=slug)


def make_certification(
    course: Course, slug: str = "basics", *, level: int = 1, title: str = "Basics", **fields: Any
) -> Certification:
    terms = {
        "title": title, "level": level, "summary": "Knows the basics.", "criteria": "A holder can do it.",
        "validity_days": 365, "grace_days": 14, "policies": [], "unlocks": ["The fast lane."], "courses": [course],
    } | fields  # fmt: skip
    return certifications.save(slug, certifications.Terms(**terms), by=None, now=timezone.now())


def read_all(enrolment: Enrolment, *, now: datetime) -> Enrolment:
    for lesson in enrolment.version.lessons.all():
        enrolment = enrolments.mark_done(enrolment, lesson, by=enrolment.user, now=now)
    return enrolment


def right_answer(row: AttemptItem) -> Any:
    item = attempts.item_of(row)
    match item.kind:
        case ItemKind.SINGLE:
            return next(n for n, option in enumerate(item.options) if option.is_right)
        case ItemKind.MULTIPLE:
            return [n for n, option in enumerate(item.options) if option.is_right]
        case ItemKind.TRUE_FALSE:
            return row.key if item.policy else item.answer
        case ItemKind.ORDERING:
            return list(range(len(item.items)))
        case ItemKind.MATCHING:
            wanted = [pair.right for pair in item.pairs if pair.left]
            return [rights(item).index(wanted[n]) for n in range(len(lefts(item)))]
        case ItemKind.NUMERIC:
            return f"{item.ranges[0].value:g}"
    return item.accepted[0].text


def answers_of(attempt: Attempt, *, right: bool = True) -> dict[int, Any]:
    rows = attempt.items.select_related("question").order_by("position")
    return {row.position: right_answer(row) if right else None for row in rows}


def take_quiz(enrolment: Enrolment, *, now: datetime, right: bool = True) -> Attempt:
    attempt = attempts.start(enrolment, by=enrolment.user, now=now)
    return attempts.submit(attempt, answers_of(attempt, right=right), by=enrolment.user, now=now)


def finish(course: Course, user: User, *, now: datetime | None = None) -> Enrolment:
    now = now or timezone.now()
    enrolment = read_all(enrolments.enrol(course, by=user, now=now), now=now)
    take_quiz(enrolment, now=now)
    return Enrolment.objects.get(pk=enrolment.pk)


def make_award(user: User, *, ago: int = 0, slug: str = "basics", level: int = 1, **fields: Any) -> Award:
    """A badge earned so many days ago by finishing a course of one lesson and no quiz."""
    now = timezone.now() - timedelta(days=ago)
    course = Course.objects.filter(slug=slug).first() or make_course(slug, lessons=1, questions="", now=now)
    found = Certification.objects.filter(slug=slug).first()
    certification = found or make_certification(course, slug, level=level, **fields)
    read_all(enrolments.enrol(course, by=user, now=now), now=now)
    return Award.objects.with_names().get(user=user, certification=certification)
