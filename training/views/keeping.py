"""Badges for staff: made and changed, and the report of who holds them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from approvals.models import Policy
from portal import downloads, measuring
from portal.htmx import redirect
from portal.http import Request
from portal.models.user import Role
from portal.permissions import Denial, allow
from training.actions import certifications
from training.forms.courses import CertificationForm
from training.models import Award, Certification
from training.permissions import denial_to_teach
from training.reports import certified_by_unit, ending_soon, pass_rates
from training.views.desk import PAGE

HEAD = ("badge", "holder", "email", "business_unit", "state", "standing", "first_awarded", "valid_until")


def policy_choices() -> list[tuple[str, str]]:
    return list(Policy.objects.order_by("title").values_list("slug", "title"))


@require_http_methods(PAGE)
def certification_create(request: Request) -> HttpResponse:
    allow(denial_to_teach(request.user))
    form = CertificationForm(request.POST or None, policies=policy_choices())
    return form_page(request, form, None)


@require_http_methods(PAGE)
def certification_edit(request: Request, slug: str) -> HttpResponse:
    allow(denial_to_teach(request.user))
    row = get_object_or_404(Certification, slug=slug)
    first: dict[str, Any] = {
        name: getattr(row, name)
        for name in (
            "title",
            "slug",
            "level",
            "summary",
            "criteria",
            "validity_days",
            "grace_days",
            "is_open",
            "policies",
        )
    }
    first |= {"courses": row.courses.all(), "requires": row.requires.all(), "unlocks": "\n".join(row.unlocks)}
    form = CertificationForm(request.POST or None, initial=first, policies=policy_choices(), own=row)
    return form_page(request, form, row)


def form_page(request: Request, form: CertificationForm, row: Certification | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        slug = values.pop("slug")
        saved = certifications.save(slug, certifications.Terms(**values), by=request.user, now=timezone.now())
        messages.success(request, _("Saved. Holders keep what they hold."))
        return redirect(request, saved)
    context = {"section": "badges", "form": form, "row": row}
    return render(request, "training/certification_form.html", context, status=422 if form.errors else 200)


def denial_to_read_report(request: Request) -> Denial:
    if request.user.has_role(Role.STAFF, Role.BOARD, Role.AUDITOR):
        return None
    return _("The report is for the board, auditors and C4E staff.")


@require_safe
def certification_report(request: Request) -> HttpResponse:
    """Who is certified in each unit, what ends soon, how the quizzes go, and whether training shows in the violations."""
    allow(denial_to_read_report(request))
    now = timezone.now()
    awards = Award.objects.with_names().select_related("user__business_unit").order_by("valid_until", "pk")
    context = {
        "section": "badges",
        "units": certified_by_unit(now=now),
        "ending": ending_soon(now=now),
        "quizzes": pass_rates(),
        "readings": measuring.figures("training.", now=now),
        "awards": [(one, one.standing(now)) for one in awards[:100]],
    }
    return render(request, "training/certification_report.html", context)


@require_safe
def award_export(request: Request) -> StreamingHttpResponse:
    """Every award as CSV."""
    allow(denial_to_read_report(request))
    now = timezone.now()
    found = Award.objects.with_names().select_related("user__business_unit")
    rows = (
        [
            one.certification.slug, one.user.name, one.user.email,
            one.user.business_unit.code if one.user.business_unit else "", one.state, str(one.standing(now)),
            one.first_awarded_at.isoformat(), one.valid_until.isoformat(),
        ]
        for one in downloads.newest_first(found)
    )  # fmt: skip
    return downloads.attachment(downloads.csv_lines(HEAD, rows), "badges.csv", "text/csv")
