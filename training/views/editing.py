"""Editing the files of a course, with a preview. What is saved is the draft; readers see the published version."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.htmx import redirect
from portal.http import Request
from portal.markdown import render as markdown
from training.actions import courses
from training.courses import front_matter
from training.courses.front_matter import BadFrontMatter
from training.courses.reader import EXERCISE, LESSONS, QUESTIONS
from training.courses.source import BadCourse
from training.forms.courses import FileForm, NewFileForm
from training.models import Course, CourseVersion
from training.states import VersionState
from training.views.desk import PAGE, desk_page, kept_course
from training.views.lessons import lesson_text, media

TEXTS = (".md", ".yaml")
BEGINNINGS = {
    LESSONS: "---\ntitle: A new lesson\nminutes: 8\nsummary: What it is about.\n---\n\n## The first thing\n\nWrite here.\n",
    QUESTIONS: "- id: first-question\n  kind: true_false\n  tags: []\n  text: Is this a question?\n  answer: true\n"
    "  explanation: It ends with a question mark.\n",
    EXERCISE: "title: Put it right\ntext: Change the manifest until every check passes.\npolicies: [external-hosts]\n"
    "connectors: []\nmanifest: |\n  version: 1\nhints: []\n",
}


def latest(course: Course) -> CourseVersion:
    """The draft, else what is published."""
    found = course.versions.filter(state=VersionState.DRAFT).first() or course.current
    if found is None:
        raise Http404
    return found


@require_http_methods(PAGE)
def course_file_edit(request: Request, slug: str, path: str) -> HttpResponse:
    """Saving checks the whole course; what is wrong is said, and what was typed stays."""
    course = kept_course(request, slug)
    version = latest(course)
    files = courses.files_of(version)
    if path not in files or not path.endswith(TEXTS):
        raise Http404(_("This version has no such text."))
    form = FileForm(request.POST or None, initial={"text": files[path].decode()})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"].replace("\r\n", "\n")
        if "preview" in request.POST:
            return edit_page(request, course, version, path, form, preview=preview_of(form, text, path, version, slug))
        return save(request, course, version, path, form, files | {path: text.encode()})
    return edit_page(request, course, version, path, form)


def save(
    request: Request, course: Course, version: CourseVersion, path: str, form: forms.Form, files: dict[str, bytes]
) -> HttpResponse:
    try:
        courses.save_draft(course.slug, files, by=request.user, now=timezone.now())
    except BadCourse as problem:
        form.add_error("text", problem.problems)
        return edit_page(request, course, version, path, form)
    messages.success(request, _("Saved in the draft. Readers see it once it is published."))
    return redirect(request, "training:course_file_edit", course.slug, path)


def preview_of(form: forms.Form, text: str, path: str, version: CourseVersion, slug: str) -> str:
    """The Markdown as a reader sees it; for other files only whether they can be read."""
    if not path.endswith(".md"):
        return ""
    try:
        _head, body = front_matter.split(text)
    except BadFrontMatter as problem:
        form.add_error("text", str(problem))
        return ""
    return markdown(body, lambda target: media(version, slug, target))


def edit_page(
    request: Request, course: Course, version: CourseVersion, path: str, form: forms.Form, preview: str = ""
) -> HttpResponse:
    context = {
        "section": "course_desk", "course": course, "version": version, "path": path, "form": form, "preview": preview,
    }  # fmt: skip
    return render(request, "training/course_file_edit.html", context, status=422 if form.errors else 200)


@require_POST
def course_file_create(request: Request, slug: str) -> HttpResponse:
    """A new file with something to begin with, so that the course stays whole."""
    course, form = kept_course(request, slug), NewFileForm(request.POST)
    if not form.is_valid():
        return desk_page(request, course, status=422, new_file=form)
    path, files = form.cleaned_data["path"], courses.files_of(latest(course))
    if path not in files:
        beginning = BEGINNINGS[LESSONS if path.startswith(LESSONS) else path]
        courses.save_draft(slug, files | {path: beginning.encode()}, by=request.user, now=timezone.now())
    return redirect(request, "training:course_file_edit", slug, path)


@require_POST
def course_file_removal_create(request: Request, slug: str, path: str) -> HttpResponse:
    course = kept_course(request, slug)
    files = courses.files_of(latest(course))
    files.pop(path, None)
    try:
        courses.save_draft(slug, files, by=request.user, now=timezone.now())
    except BadCourse as problem:
        messages.error(request, problem.problems[0])
    else:
        messages.success(request, _("Taken out of the draft."))
    return redirect(request, "training:course_desk_detail", slug)


@require_safe
def lesson_preview(request: Request, slug: str, lesson: str) -> HttpResponse:
    """A lesson of the draft as learners will see it."""
    course = kept_course(request, slug)
    version = latest(course)
    row = get_object_or_404(version.lessons, slug=lesson)
    context = {
        "section": "course_desk",
        "course": course,
        "version": version,
        "lesson": row,
        "text": lesson_text(row, version, slug),
    }
    return render(request, "training/lesson_preview.html", context)
