"""Deciding: the request, its decision row and the effect on the subject stand or fall together."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from approvals.actions.moves import lock, move
from approvals.models import ApprovalRequest, Decision
from approvals.notifications import close_asks, tell_requester
from approvals.permissions import denial_to_decide
from approvals.registry import subject_for
from approvals.states import OPEN_STATES, RequestState
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition


@transaction.atomic
def decide(
    request: ApprovalRequest, *, outcome: str, by: User, now: datetime, reason: str = "", revision: int | None = None
) -> ApprovalRequest:
    """Approve, send back or refuse. With `revision`, only the submission the reviewer has read is decided."""
    request = lock(request)
    allow(denial_to_decide(by, request))
    if revision is not None and revision != request.revision and request.state == RequestState.SUBMITTED:
        raise InvalidTransition(
            gettext("“%(title)s” was changed after you opened it. Look at the difference, then decide.")
            % {"title": request.title}
        )
    target = RequestState(outcome)
    move(request, target, now=now)
    if target not in OPEN_STATES:
        request.decided_at, request.decided_by = now, by
    request.save()
    Decision.objects.create(request=request, revision=request.revision, outcome=target, reason=reason, at=now, by=by)
    tell_subject(request, target, by=by, reason=reason, now=now)
    audit.record(f"approvals.request_{target}", request, by=by, now=now, reason=reason)
    close_asks(request, now=now)
    tell_requester(request, target, by=by, reason=reason, now=now)
    return request


def tell_subject(request: ApprovalRequest, target: RequestState, *, by: User, reason: str, now: datetime) -> None:
    subject = subject_for(request.kind)
    if target == RequestState.APPROVED:
        subject.approved(request, by=by, now=now)
    elif target == RequestState.RETURNED:
        subject.returned(request, by=by, reason=reason, now=now)
    else:
        subject.refused(request, by=by, reason=reason, now=now)
