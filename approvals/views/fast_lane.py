"""What the rules decided: for information, with those that a person looks at afterwards, and how often they erred."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from approvals import rules
from approvals.actions.fast_lane import false_pass_rate, judge
from approvals.forms.fast_lane import VerdictForm
from approvals.models import FastLanePass
from approvals.permissions_fast_lane import denial_to_audit, denial_to_see_passes
from approvals.registry import subject_for
from approvals.views.decision_page import detail_context
from approvals.views.decisions import answered
from approvals.views.requests import PAGE, seen_by
from portal.http import Request
from portal.permissions import allow
from portal.tabs import Tab, opened

PAGE_SIZE = 50


@require_safe
def fast_lane_list(request: Request) -> HttpResponse:
    allow(denial_to_see_passes(request.user))
    seen = FastLanePass.objects.all()
    tabs = {
        "audit": Tab(_("To look at"), seen.to_audit(), "at"),
        "all": Tab(_("All"), seen, "-at"),
        "audited": Tab(_("Looked at"), seen.audited(), "-at"),
    }
    shown = opened(request.GET, tabs, size=PAGE_SIZE)
    context = {
        "section": "approvals",
        "shown": shown,
        "rows": [(row, subject_for(row.request.kind).label) for row in shown.found.rows],
        "rate": false_pass_rate(),
        "rules": rules.standing("fast_lane"),
    }
    return render(request, "approvals/fast_lane_list.html", context)


@require_POST
def verdict_create(request: Request, pk: int) -> HttpResponse:
    """The audit of one pass, by its request."""
    asked = seen_by(request, pk)
    passed = get_object_or_404(FastLanePass, request=asked)
    allow(denial_to_audit(request.user, asked))
    form = VerdictForm(request.POST, prefix="verdict")
    if not form.is_valid():
        return render(request, PAGE, detail_context(request.user, asked, verdict_form=form), status=422)
    act = lambda: judge(passed, by=request.user, now=timezone.now(), **form.cleaned_data)  # noqa: E731
    return answered(request, asked, act, _("Your verdict counts in the measured rate."), verdict_form=form)
