"""The bank of a course for staff: item analysis, and GIFT in and out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.htmx import redirect
from portal.http import Request
from training.actions import courses, gift
from training.courses.source import BadCourse
from training.forms.courses import GiftForm
from training.gift import writer
from training.models import Course
from training.questions import codec
from training.statistics import FEWEST, analyse
from training.views.desk import PAGE, kept_course
from training.views.editing import latest


@require_http_methods(PAGE)
def question_list(request: Request, slug: str) -> HttpResponse:
    course = kept_course(request, slug)
    form = GiftForm(request.POST or None, request.FILES or None)
    left_out = []
    if request.method == "POST" and form.is_valid():
        files = courses.files_of(latest(course))
        try:
            brought = gift.bring_in(files, form.cleaned_data["file"])
            courses.save_draft(slug, brought.files, by=request.user, now=timezone.now())
        except BadCourse as problem:
            form.add_error("file", problem.problems)
        else:
            left_out = brought.left_out
            messages.success(request, _("Questions brought into the draft: %(number)d.") % {"number": brought.added})
            if not left_out:
                return redirect(request, "training:question_list", slug)
    version = latest(course)
    context = {
        "section": "course_desk",
        "course": course,
        "version": version,
        "items": [(codec.read(row.content), row.policy_slug) for row in version.questions.all()],
        "analyses": analyse(course),
        "fewest": FEWEST,
        "form": form,
        "left_out": left_out,
    }
    return render(request, "training/question_list.html", context, status=422 if form.errors else 200)


@require_safe
def gift_export(request: Request, slug: str) -> HttpResponse:
    """The bank as GIFT; what GIFT cannot carry stands in it as comments."""
    course: Course = kept_course(request, slug)
    items = [codec.read(row.content) for row in latest(course).questions.all()]
    response = HttpResponse(writer.write(items).text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.gift"'
    return response
