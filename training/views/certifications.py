"""The badges there are, and the path to one of them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from approvals.models import Policy
from portal.http import Request
from portal.markdown import render as markdown
from portal.models.user import Role
from training.models import Award, Certification, Enrolment
from training.progress import progress_by_enrolment
from training.states import Standing


@require_safe
def certification_list(request: Request) -> HttpResponse:
    now = timezone.now()
    held = {
        award.certification_id: (award, award.standing(now))
        for award in Award.objects.filter(user=request.user).with_names()
    }
    found = Certification.objects.filter(is_open=True).prefetch_related("courses__current")
    context = {
        "section": "badges",
        "rows": [(one, *held.get(one.pk, (None, None))) for one in found],
        "may_teach": request.user.has_role(Role.STAFF),
    }
    return render(request, "training/certification_list.html", context)


@require_safe
def certification_detail(request: Request, slug: str) -> HttpResponse:
    """What it asks as steps, with where the reader is in each."""
    row, now = get_object_or_404(Certification.objects.prefetch_related("requires"), slug=slug), timezone.now()
    award = Award.objects.filter(user=request.user, certification=row).with_names().first()
    held = {
        one.certification_id for one in Award.objects.counting(now).filter(user=request.user).only("certification_id")
    }
    courses = list(row.courses.select_related("current").order_by("current__level", "slug"))
    since = award.renews_from if award else None
    mine = Enrolment.objects.of(request.user).filter(course__in=courses).select_related("version").order_by("pk")
    latest = {one.course_id: one for one in mine}
    progress = progress_by_enrolment(latest.values())
    steps = [
        (course, latest.get(course.pk), progress[latest[course.pk].pk] if course.pk in latest else None)
        for course in courses
    ]
    context = {
        "section": "badges",
        "row": row,
        "criteria": markdown(row.criteria),
        "award": award,
        "standing": award.standing(now) if award else None,
        "requires": [(one, one.pk in held) for one in row.requires.all()],
        "steps": steps,
        "since": since,
        "policies": Policy.objects.filter(slug__in=row.policies).order_by("title"),
        "holders": Award.objects.counting(now).filter(certification=row).count(),
        "valid": Standing.VALID,
        "may_teach": request.user.has_role(Role.STAFF),
    }
    return render(request, "training/certification_detail.html", context)
