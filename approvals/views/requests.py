"""One request: its page, the pack of evidence to print, and the message that an answer would send."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from approvals.forms.decisions import DecisionForm
from approvals.models import ApprovalRequest
from approvals.notifications import answer_to
from approvals.views.decision_page import detail_context
from portal.htmx import render_page
from portal.http import Request
from portal.notifications import wording
from portal.timeline import events_of

PAGE = "approvals/request_detail.html"


def seen_by(request: Request, pk: int) -> ApprovalRequest:
    """The request, if this person may see it."""
    return get_object_or_404(ApprovalRequest.objects.visible_to(request.user).for_table(), pk=pk)


@require_safe
def request_detail(request: Request, pk: int) -> HttpResponse:
    return render(request, PAGE, detail_context(request.user, seen_by(request, pk)))


@require_safe
def evidence_detail(request: Request, pk: int) -> HttpResponse:
    """Everything that is known of the request on one page, for paper: each submission, check, decision and event."""
    asked = seen_by(request, pk)
    context = {
        **detail_context(request.user, asked),
        "assessments": asked.assessments.order_by("revision"),
        "all_checks": asked.checks.select_related("version__policy").order_by("id"),
        "all_stages": asked.stages.select_related("route").order_by("revision", "order"),
        "events": events_of(asked, limit=500),
        "printed_at": timezone.now(),
    }
    return render(request, "approvals/evidence_detail.html", context)


@require_POST
def message_preview(request: Request, pk: int) -> HttpResponse:
    """What the person who asked will read, for the answer as it stands in the form. Nothing is stored."""
    asked, form = seen_by(request, pk), DecisionForm(request.POST)
    message = None
    if form.is_valid():
        terms = [(form.terms.text, form.terms.until)] if form.terms else []
        reason = form.cleaned_data["reason"]
        message = wording(answer_to(asked, form.state, by=request.user, reason=reason, terms=terms))
    context = {**detail_context(request.user, asked, form=form), "message": message, "is_preview": True}
    return render_page(request, PAGE, context, fragment="approvals/_message.html")
