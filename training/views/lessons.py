"""One lesson: read, and said to be done."""

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
from training.actions import enrolments
from training.models import Course, CourseVersion, Enrolment, Lesson
from training.progress import progress_of
from training.views.courses import seen_course, standing_of


def learning(request: Request, slug: str) -> tuple[Course, Enrolment | None, CourseVersion]:
    course = seen_course(slug)
    row = standing_of(request.user, course)
    assert course.current is not None
    return course, row, row.version if row else course.current


@require_safe
def lesson_detail(request: Request, slug: str, lesson: str) -> HttpResponse:
    """Anybody may read a lesson; progress is kept of those who are enrolled."""
    course, row, version = learning(request, slug)
    lessons = list(version.lessons.all())
    here = next((one for one in lessons if one.slug == lesson), None)
    if here is None:
        raise Http404(_("This course has no such lesson now. Its page lists them all."))
    if row is not None and row.completed_at is None:
        enrolments.open_lesson(row, here, now=timezone.now())
    progress = progress_of(row) if row else None
    done = progress.done if progress else frozenset()
    place = lessons.index(here)
    context = {
        "section": "courses",
        "course": course,
        "version": version,
        "row": row,
        "lesson": here,
        "text": lesson_text(here, version, slug),
        "video": here.video and {name: media(version, slug, here.video[name]) for name in ("src", "captions")},
        "lessons": [(one, one.slug in done) for one in lessons],
        "is_done": here.slug in done,
        "progress": progress,
        "before": lessons[place - 1] if place else None,
        "after": lessons[place + 1] if place + 1 < len(lessons) else None,
        "number": place + 1,
    }
    return render(request, "training/lesson_detail.html", context)


def media(version: CourseVersion, slug: str, target: str) -> str:
    return reverse("training:course_file", args=[slug, version.number, f"lessons/{target}"])


def lesson_text(lesson: Lesson, version: CourseVersion, slug: str) -> str:
    return markdown(lesson.body, lambda target: media(version, slug, target) if "://" not in target else "")


@require_POST
def lesson_done_create(request: Request, slug: str, lesson: str) -> HttpResponse:
    """Done, and on to what comes next."""
    course, row, version = learning(request, slug)
    if row is None:
        row = enrolments.enrol(course, by=request.user, now=timezone.now())
        version = row.version
    here = get_object_or_404(Lesson, version=version, slug=lesson)
    row = enrolments.mark_done(row, here, by=request.user, now=timezone.now())
    if row.completed_at is not None:
        messages.success(request, _("You have finished this course."))
        return redirect(request, course)
    after = version.lessons.filter(position__gt=here.position).first()
    if after is not None:
        return redirect(request, reverse("training:lesson_detail", args=[slug, after.slug]))
    return redirect(request, course)
