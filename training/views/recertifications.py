"""A short quiz on what changed under a badge."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.htmx import redirect
from portal.http import Request
from portal.states import InvalidTransition
from training.actions import attempts
from training.attempt_rules import DELTA_RULES, turn_of
from training.models import Recertification


def own(request: Request, pk: int) -> Recertification:
    found = Recertification.objects.select_related("award__certification", "award__user")
    row = get_object_or_404(found, pk=pk)
    if row.award.user_id != request.user.pk:
        raise Http404
    return row


@require_safe
def recertification_detail(request: Request, pk: int) -> HttpResponse:
    row, now = own(request, pk), timezone.now()
    tries = list(row.attempts.all())
    context = {
        "section": "badges",
        "row": row,
        "rules": DELTA_RULES,
        "questions": len(row.questions),
        "turn": turn_of(DELTA_RULES, tries, now=now),
        "attempts": [one for one in tries if one.submitted_at],
        "is_late": row.due_at < now,
    }
    return render(request, "training/recertification_detail.html", context)


@require_POST
def recertification_attempt_create(request: Request, pk: int) -> HttpResponse:
    row = own(request, pk)
    try:
        return redirect(request, attempts.start_delta(row, by=request.user, now=timezone.now()))
    except InvalidTransition as refusal:
        messages.error(request, str(refusal))
        return redirect(request, row)
