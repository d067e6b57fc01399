"""A course assigned to many."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from portal.htmx import redirect
from portal.http import Request
from portal.permissions import allow
from training.actions import assignments
from training.forms.courses import AssignmentForm
from training.models import Assignment
from training.permissions import denial_to_teach
from training.views.desk import desk_page, kept_course


@require_POST
def assignment_create(request: Request, slug: str) -> HttpResponse:
    course, form = kept_course(request, slug), AssignmentForm(request.POST)
    if not form.is_valid():
        return desk_page(request, course, status=422, assignment=form)
    said = form.cleaned_data
    _row, reached = assignments.assign(
        course,
        role=said["role"],
        unit=said["unit"],
        days=said["days"],
        reason=said["reason"],
        by=request.user,
        now=timezone.now(),
    )
    text = ngettext(
        "Assigned to %(number)d person; they are told.", "Assigned to %(number)d people; they are told.", reached
    )
    messages.success(request, text % {"number": reached})
    return redirect(request, "training:course_desk_detail", slug)


@require_POST
def assignment_end_create(request: Request, pk: int) -> HttpResponse:
    allow(denial_to_teach(request.user))
    row = get_object_or_404(Assignment.objects.select_related("course", "business_unit"), pk=pk)
    assignments.end(row, by=request.user, now=timezone.now())
    return redirect(request, "training:course_desk_detail", row.course.slug)
