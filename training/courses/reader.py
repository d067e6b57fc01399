"""The files of a course, read: `course.md`, `lessons/*.md`, `questions.yaml`, `exercise.yaml`, pictures and media.

Everything that is wrong is said at once, so that an author mends the files in one go."""

import re
from collections.abc import Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from training.courses import front_matter
from training.courses.problems import Problems
from training.courses.source import BadCourse, CourseSource, LessonSource
from training.courses.tasks_reader import COURSE, EXERCISE, Files, read_exercise, read_quiz
from training.questions import codec
from training.questions.item import Item

QUESTIONS, LESSONS = "questions.yaml", "lessons/"
MEDIA = {
    ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp",
    ".gif": "image/gif", ".mp4": "video/mp4", ".webm": "video/webm", ".vtt": "text/vtt",
}  # fmt: skip
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)[^)]*\)")


def read(files: Files) -> CourseSource:
    """Raises BadCourse with every problem."""
    problems = Problems()
    if COURSE not in files:
        raise BadCourse([_("There is no course.md. A course is a folder with course.md and lessons/.")])
    nothing: tuple[dict[str, Any], str] = ({}, "")
    head, body = problems.reading(COURSE, lambda: front_matter.split(files[COURSE].decode())) or nothing
    lessons = read_lessons(files, problems)
    items = read_items(files, lessons, problems)
    quiz = read_quiz(head.get("quiz"), items, problems)
    exercise = read_exercise(files, problems)
    for path in files:
        if path not in (COURSE, QUESTIONS, EXERCISE) and not is_lesson(path) and suffix(path) not in MEDIA:
            problems.say(
                path, _("This file is no part of a course. Take it out, or save it as a picture, video or .vtt.")
            )
    title = text(head, "title", problems, most=120)
    level = head.get("level", 1)
    if level not in (1, 2, 3):
        problems.say(COURSE, _("level is 1, 2 or 3."))
    if not lessons:
        problems.say(COURSE, _("Write at least one lesson as lessons/01-name.md."))
    summary = text(head, "summary", problems, most=200)
    words = {name: text(head, name, problems, most=80, needed=False) for name in ("path",)}
    lists = {name: names(head, name, problems) for name in ("prerequisites", "policies")}
    if problems.found:
        raise BadCourse(problems.found)
    return CourseSource(
        title=title, summary=summary, level=level, body=body, lessons=lessons, items=items, quiz=quiz,
        exercise=exercise, path=words["path"], **lists,
    )  # fmt: skip


def split_file(files: Files, path: str) -> tuple[dict[str, Any], str]:
    return front_matter.split(files[path].decode())


def suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()


def is_lesson(path: str) -> bool:
    return path.startswith(LESSONS) and path.count("/") == 1 and path.endswith(".md")


def text(
    head: Mapping[str, Any], name: str, problems: Problems, *, most: int, needed: bool = True, path: str = COURSE
) -> str:
    value = head.get(name)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or not value.strip() or len(value) > most:
        problems.say(path, _("%(name)s is a text of 1 to %(most)d characters.") % {"name": name, "most": most})
        return ""
    return value.strip()


def names(head: Mapping[str, Any], name: str, problems: Problems) -> tuple[str, ...]:
    value = head.get(name) or []
    if not isinstance(value, list) or any(not isinstance(one, str) or slugify(one) != one for one in value):
        problems.say(COURSE, _("%(name)s is a list of short names such as external-hosts.") % {"name": name})
        return ()
    return tuple(value)


def read_lessons(files: Files, problems: Problems) -> tuple[LessonSource, ...]:
    found = []
    for path in sorted(filter(is_lesson, files)):
        read_one = problems.reading(path, partial(split_file, files, path))
        if read_one is None:
            continue
        head, body = read_one
        slug = PurePosixPath(path).stem
        minutes = head.get("minutes")
        if not isinstance(minutes, int) or isinstance(minutes, bool) or not 1 <= minutes <= 240:
            problems.say(path, _("minutes is a whole number from 1 to 240."))
            minutes = 0
        if slugify(slug) != slug or len(slug) > 80:
            problems.say(path, _("Name the file of small letters, digits and hyphens, for example 02-data-classes.md."))
        if not body.strip():
            problems.say(path, _("The lesson is empty."))
        refuse_missing(path, body, files, problems)
        found.append(
            LessonSource(
                slug=slug,
                title=text(head, "title", problems, most=120, path=path),
                minutes=minutes,
                summary=text(head, "summary", problems, most=200, needed=False, path=path),
                body=body,
                video=read_video(path, head.get("video"), files, problems),
            )
        )
    return tuple(found)


def refuse_missing(path: str, body: str, files: Files, problems: Problems) -> None:
    """Every picture is one of the course's files and says what it shows."""
    for words, target in PICTURE.findall(body):
        if f"{LESSONS}{target}" not in files:
            problems.say(path, _("The picture %(picture)s is not among the files.") % {"picture": target})
        if not words.strip():
            problems.say(path, _("Say in words what the picture %(picture)s shows.") % {"picture": target})


def read_video(path: str, given: Any, files: Files, problems: Problems) -> dict[str, str] | None:
    """A video never comes without captions and a transcript."""
    if given is None:
        return None
    if not isinstance(given, Mapping) or not {"src", "captions", "transcript"} <= set(given):
        problems.say(path, _("A video has src, captions and transcript."))
        return None
    for name in ("src", "captions"):
        if f"{LESSONS}{given[name]}" not in files:
            problems.say(path, _("%(file)s of the video is not among the files.") % {"file": given[name]})
    return {name: str(given[name]) for name in ("src", "captions", "transcript")}


def read_items(files: Files, lessons: tuple[LessonSource, ...], problems: Problems) -> tuple[Item, ...]:
    if QUESTIONS not in files:
        return ()
    data = problems.reading(QUESTIONS, lambda: front_matter.load(files[QUESTIONS].decode()))
    if data is None:
        return ()
    if not isinstance(data, list):
        problems.say(QUESTIONS, _("The questions are a list. Begin each with “- id:”."))
        return ()
    items = [problems.reading(QUESTIONS, partial(codec.read, one)) for one in data]
    known, seen = {lesson.slug for lesson in lessons}, set()
    for item in filter(None, items):
        if item.key in seen:
            problems.say(QUESTIONS, _("%(id)s stands twice. Give one of them another id.") % {"id": item.key})
        if item.lesson and item.lesson not in known:
            problems.say(
                QUESTIONS, _("%(id)s: there is no lesson %(lesson)s.") % {"id": item.key, "lesson": item.lesson}
            )
        seen.add(item.key)
    return tuple(item for item in items if item)
