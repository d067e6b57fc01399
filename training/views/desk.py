"""The staff's desk: all courses with their drafts and learners, and one course with all that is done to it."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow
from portal.states import InvalidTransition
from portal.timeline import events_of
from training.actions import attempts, certifications, courses
from training.courses import archives
from training.courses.source import BadCourse
from training.forms.courses import (
    AnotherAttemptForm,
    AssignmentForm,
    CourseImportForm,
    NewFileForm,
    PublicationForm,
)
from training.models import Course, CourseVersion, Enrolment
from training.permissions import denial_to_teach
from training.progress import progress_by_enrolment
from training.states import VersionState

PAGE = ["GET", "HEAD", "POST"]
LEARNERS = 50


def kept_course(request: Request, slug: str) -> Course:
    allow(denial_to_teach(request.user))
    return get_object_or_404(Course.objects.select_related("current"), slug=slug)


@require_safe
def course_desk(request: Request) -> HttpResponse:
    allow(denial_to_teach(request.user))
    rows = (
        Course.objects.select_related("current")
        .annotate(
            learners=Count("enrolments", filter=Q(enrolments__completed_at=None), distinct=True),
            finished=Count("enrolments", filter=~Q(enrolments__completed_at=None), distinct=True),
            drafts=Count("versions", filter=Q(versions__state=VersionState.DRAFT), distinct=True),
        )
        .order_by("current__level", "slug")
    )
    context = {"section": "course_desk", "rows": rows, "form": CourseImportForm()}
    return render(request, "training/course_desk.html", context)


@require_http_methods(PAGE)
def course_import_create(request: Request) -> HttpResponse:
    """A ZIP becomes the draft of a course; every problem of its files is said at once."""
    allow(denial_to_teach(request.user))
    form = CourseImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            draft = courses.save_draft(
                form.cleaned_data["slug"], form.cleaned_data["file"], by=request.user, now=timezone.now()
            )
        except BadCourse as problem:
            form.add_error("file", problem.problems)
        else:
            if draft.state == VersionState.PUBLISHED:
                messages.success(request, _("These files are the published version already. Nothing has changed."))
            return redirect(request, "training:course_desk_detail", draft.course.slug)
    context = {"section": "course_desk", "form": form}
    return render(request, "training/course_import_create.html", context, status=422 if form.errors else 200)


@require_POST
def course_starter_create(request: Request) -> HttpResponse:
    """The courses and badges that the product ships with."""
    allow(denial_to_teach(request.user))
    made = certifications.load_starter(now=timezone.now())
    messages.success(request, _("The starter courses are here. Badges made: %(number)d.") % {"number": len(made)})
    return redirect(request, "training:course_desk")


@require_safe
def course_desk_detail(request: Request, slug: str) -> HttpResponse:
    return desk_page(request, kept_course(request, slug))


def desk_page(request: Request, course: Course, *, status: int = 200, **forms: Any) -> HttpResponse:
    versions = list(course.versions.select_related("made_by", "published_by"))
    draft = next((one for one in versions if one.state == VersionState.DRAFT), None)
    shown = draft or course.current
    rows = list(
        course.enrolments.select_related("user", "version", "course").order_by("completed_at", "-enrolled_at")[
            :LEARNERS
        ]
    )
    progress = progress_by_enrolment(rows)
    context = {
        "section": "course_desk",
        "course": course,
        "draft": draft,
        "shown": shown,
        "versions": versions,
        "files": list(shown.files.order_by("path").values_list("path", flat=True)) if shown else [],
        "learners": [(row, progress[row.pk]) for row in rows],
        "assignments": course.assignments.select_related("business_unit", "course__current"),
        "publication": PublicationForm(),
        "assignment": AssignmentForm(),
        "new_file": NewFileForm(),
        "another": AnotherAttemptForm(),
        "events": events_of(course),
        **forms,
    }
    return render(request, "training/course_desk_detail.html", context, status=status)


@require_POST
def publication_create(request: Request, slug: str) -> HttpResponse:
    course, form = kept_course(request, slug), PublicationForm(request.POST)
    draft = get_object_or_404(CourseVersion, course=course, state=VersionState.DRAFT)
    if not form.is_valid():
        return desk_page(request, course, status=422, publication=form)
    courses.publish(draft, by=request.user, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Published. Whoever begins now learns this version."))
    return redirect(request, "training:course_desk_detail", slug)


@require_POST
def draft_discard_create(request: Request, slug: str) -> HttpResponse:
    course = kept_course(request, slug)
    draft = get_object_or_404(CourseVersion, course=course, state=VersionState.DRAFT)
    courses.discard(draft, by=request.user, now=timezone.now())
    messages.success(request, _("The draft is gone."))
    if course.current is None:
        return redirect(request, "training:course_desk")
    return redirect(request, "training:course_desk_detail", slug)


@require_POST
def course_opening_create(request: Request, slug: str) -> HttpResponse:
    course = kept_course(request, slug)
    courses.set_open(course, request.POST.get("open") == "yes", by=request.user, now=timezone.now())
    return redirect(request, "training:course_desk_detail", slug)


@require_safe
def course_export(request: Request, slug: str, number: int) -> HttpResponse:
    """The files of one version as a ZIP, byte for byte as they came in."""
    course = kept_course(request, slug)
    version = get_object_or_404(CourseVersion, course=course, number=number)
    response = HttpResponse(archives.pack(courses.files_of(version)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{number}.zip"'
    return response


@require_POST
def another_attempt_create(request: Request, pk: int) -> HttpResponse:
    """One attempt more for a learner who has none left."""
    allow(denial_to_teach(request.user))
    row = get_object_or_404(Enrolment.objects.select_related("course__current"), pk=pk)
    form = AnotherAttemptForm(request.POST)
    if not form.is_valid():
        return desk_page(request, row.course, status=422, another=form)
    try:
        attempts.give_another_try(row, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
    except InvalidTransition as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("One attempt more."))
    return redirect(request, "training:course_desk_detail", row.course.slug)
