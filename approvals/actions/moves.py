"""The one place that writes `ApprovalRequest.state`, and turns the clock to the side that holds the ball."""

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from approvals.clock import waited
from approvals.models import ApprovalRequest
from approvals.states import TRANSITIONS, RequestState
from portal import audit
from portal.states import check


def lock(request: ApprovalRequest) -> ApprovalRequest:
    """The request as it is now, locked until the transaction ends."""
    return (
        ApprovalRequest.objects.select_for_update(of=("self",))
        .select_related("requested_by", "requested_by__steward", "decided_by", "business_unit")
        .get(pk=request.pk)
    )


def refusal(request: ApprovalRequest) -> str:
    """Why nothing more can be done: who was faster, and with what."""
    if request.is_fast_lane and request.state == RequestState.APPROVED:
        return gettext("“%(title)s” was approved by the fast lane already.") % {"title": request.title}
    if request.decided_by is not None:
        return gettext("%(person)s was faster: “%(title)s” is %(state)s by now. Nothing of yours was stored.") % {
            "person": request.decided_by,
            "title": request.title,
            "state": request.get_state_display().lower(),
        }
    return gettext("“%(title)s” is %(state)s by now, so this is no longer possible.") % {
        "title": request.title,
        "state": request.get_state_display().lower(),
    }


def require(request: ApprovalRequest, target: RequestState) -> None:
    """Raise InvalidTransition, with who was faster, unless the request may go there."""
    check(TRANSITIONS, request.state, target, refusal=refusal(request))


def move(request: ApprovalRequest, target: RequestState, *, now: datetime) -> ApprovalRequest:
    """Change the state of a locked request and add the time to whoever had the ball; the caller saves."""
    require(request, target)
    spent = waited(request.ball_since, now)
    if request.state == RequestState.SUBMITTED:
        request.waited_on_reviewers += spent
    elif request.state == RequestState.RETURNED:  # nobody waits for a draft
        request.waited_on_requester += spent
    request.state, request.ball_since = target, now
    return request


audit.register(
    approvals__request_drafted=audit.Verb(_("Draft of a request saved"), "pencil"),
    approvals__request_opened=audit.Verb(_("Asked for a decision"), "inbox", "info"),
    approvals__request_resubmitted=audit.Verb(_("Asked again"), "inbox", "info"),
    approvals__request_approved=audit.Verb(_("Approved"), "circle-check", "ok"),
    approvals__request_returned=audit.Verb(_("Sent back"), "undo-2", "warn"),
    approvals__request_refused=audit.Verb(_("Refused"), "circle-x", "bad"),
    approvals__request_overridden=audit.Verb(_("Decided instead of the approvers"), "gavel", "warn"),
    approvals__stage_answered=audit.Verb(_("Approved, others are still to answer"), "circle-check", "info"),
    approvals__stage_approved=audit.Verb(_("Stage approved"), "circle-check", "info"),
    approvals__request_expired=audit.Verb(_("Expired without an answer"), "clock-alert"),
    approvals__request_withdrawn=audit.Verb(_("Withdrawn"), "rotate-ccw"),
)
