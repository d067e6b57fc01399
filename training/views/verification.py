"""The public page of a badge: one sentence, no sign-in, no tracker."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.markdown import render as markdown
from training.models import Award
from training.states import AwardState, Standing


@login_not_required
@require_safe
def verification_detail(request: HttpRequest, number: UUID) -> HttpResponse:
    """The name only if the holder wants it shown. A badge that is not there gets a page that says so, and a 404."""
    row = Award.objects.with_names().filter(public_id=number).first()
    now = timezone.now()
    standing = row.standing(now) if row else None
    context = {
        "row": row,
        "standing": standing,
        "name": row.user.name if row and row.shows_name and row.state != AwardState.REVOKED else "",
        "is_valid": standing == Standing.VALID,
        "until": row.last_day() if row else None,
        "since": row.first_awarded_at.astimezone(row.user.zone).date() if row else None,
        "criteria": markdown(row.certification.criteria) if row else "",
        "issuer": settings.BADGE_ISSUER,
    }
    response = render(request, "training/verification_detail.html", context, status=200 if row else 404)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
