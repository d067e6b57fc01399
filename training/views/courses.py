"""The catalog of courses, one course, its files, and beginning it."""

import hashlib
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.htmx import redirect
from portal.http import Request
from portal.markdown import render as markdown
from portal.models import User
from portal.models.user import Role
from portal.permissions import allow
from portal.states import InvalidTransition
from training.actions import enrolments
from training.actions.attempts import turn_for
from training.attempt_rules import Turn
from training.courses.reader import MEDIA, suffix
from training.courses.source import Exercise, QuizRules
from training.models import Award, Certification, Course, CourseVersion, Enrolment
from training.permissions import denial_to_learn
from training.progress import missing_courses, progress_by_enrolment, progress_of


@require_safe
def course_list(request: Request) -> HttpResponse:
    """Paths with their courses in order; where this reader is in each; and the badges they lead to."""
    now = timezone.now()
    courses = list(
        Course.objects.open()
        .select_related("current")
        .prefetch_related("certifications")
        .order_by("current__level", "slug")
    )
    mine = list(Enrolment.objects.of(request.user).select_related("course__current", "version").order_by("pk"))
    latest = {row.course_id: row for row in mine}  # the latest of each course stands last
    progress = progress_by_enrolment(latest.values())
    paths: dict[str, list[tuple[Course, Enrolment | None, Any]]] = {}
    for course in courses:
        assert course.current is not None
        row = latest.get(course.pk)
        paths.setdefault(course.current.path or _("Courses"), []).append(
            (course, row, progress[row.pk] if row else None)
        )
    awards = Award.objects.filter(user=request.user).with_names().order_by("certification__level")
    context = {
        "section": "courses",
        "paths": paths,
        "started": [row for row in latest.values() if row.completed_at is None],
        "awards": [(award, award.standing(now)) for award in awards],
        "may_teach": request.user.has_role(Role.STAFF),
    }
    return render(request, "training/course_list.html", context)


def standing_of(user: User, course: Course) -> Enrolment | None:
    """The enrolment that is open, else the last one that was finished."""
    rows = Enrolment.objects.of(user).filter(course=course).select_related("version", "course")
    return rows.unfinished().first() or rows.order_by("-pk").first()


def seen_course(slug: str) -> Course:
    return get_object_or_404(Course.objects.filter(current__isnull=False).select_related("current"), slug=slug)


@require_safe
def course_detail(request: Request, slug: str) -> HttpResponse:
    course, now = seen_course(slug), timezone.now()
    assert course.current is not None
    row = standing_of(request.user, course)
    version = row.version if row else course.current
    lessons = list(version.lessons.all())
    progress = progress_of(row) if row else None
    turn: Turn | None = turn_for(row, now=now) if row and version.quiz else None
    done = progress.done if progress else frozenset()
    certifications = list(Certification.objects.filter(courses=course, is_open=True))
    context = {
        "section": "courses",
        "course": course,
        "version": version,
        "body": markdown(version.body),
        "lessons": [(lesson, lesson.slug in done) for lesson in lessons],
        "row": row,
        "progress": progress,
        "next": next_step(row, version, lessons, done, progress),
        "rules": QuizRules.from_json(version.quiz) if version.quiz else None,
        "exercise": Exercise.from_json(version.exercise) if version.exercise else None,
        "turn": turn,
        "missing": [] if row else missing_courses(request.user, course.current),
        "certifications": certifications,
        "renewable": renewable(request.user, certifications, now) if row and row.completed_at else [],
        "may_begin": row is None and course.is_open and denial_to_learn(request.user) is None,
        "may_teach": request.user.has_role(Role.STAFF),
    }
    return render(request, "training/course_detail.html", context)


def renewable(user: User, certifications: list[Certification], now: Any) -> list[Award]:
    """Badges of this reader that this course renews and that may be renewed now."""
    held = Award.objects.filter(user=user, certification__in=certifications).with_names()
    return [award for award in held if award.may_renew(now)]


def next_step(
    row: Enrolment | None, version: CourseVersion, lessons: list[Any], done: frozenset[str], progress: Any
) -> tuple[str, str] | None:
    """Where to go on: the lesson left off or the next that is not done, then the task, then the quiz. Address and words."""
    if row is None or row.completed_at is not None or progress is None:
        return None
    slug = row.course.slug
    left = [lesson for lesson in lessons if lesson.slug not in done]
    if left:
        there = next((lesson for lesson in left if lesson.slug == row.last_lesson), left[0])
        words = _("Go on") if row.last_lesson or done else _("Start the first lesson")
        return reverse("training:lesson_detail", args=[slug, there.slug]), words
    if progress.has_exercise is False:
        return reverse("training:exercise_detail", args=[slug]), _("Go on to the hands-on task")
    return reverse("training:quiz_detail", args=[slug]), _("Go on to the quiz")


@require_POST
def enrolment_create(request: Request, slug: str) -> HttpResponse:
    course = seen_course(slug)
    allow(denial_to_learn(request.user))
    try:
        row = enrolments.enrol(course, by=request.user, now=timezone.now())
    except InvalidTransition as refusal:
        messages.error(request, str(refusal))
        return redirect(request, course)
    lessons = list(row.version.lessons.all())
    progress = progress_of(row)
    step = next_step(row, row.version, lessons, progress.done, progress)
    return redirect(request, step[0] if step else course)


@require_safe
def course_file(request: Request, slug: str, number: int, path: str) -> HttpResponse:
    """A picture, video or caption file of one version. It can do nothing on this site, whatever it holds."""
    if suffix(path) not in MEDIA:
        raise Http404
    found = CourseVersion.objects.filter(course__slug=slug, number=number)
    if not request.user.has_role(Role.STAFF):
        found = found.filter(published_at__isnull=False)
    version = get_object_or_404(found)
    file = get_object_or_404(version.files, path=path)
    content = bytes(file.content)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304)
    response = HttpResponse(content, content_type=MEDIA[suffix(path)])
    response["ETag"] = tag
    response["Cache-Control"] = "private, max-age=86400"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Content-Disposition"] = "inline"
    return response
