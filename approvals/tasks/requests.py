"""Once a day: requests sent back that nobody answered come to their end, and conditions are reminded of."""

from datetime import datetime, timedelta

from celery import shared_task

from approvals import rules
from approvals.actions import conditions
from approvals.actions.requests import expire
from approvals.models import ApprovalRequest
from approvals.states import RequestState
from portal import slots


@shared_task(name="approvals.expire_requests")
@slots.each_slot("approvals.expire_requests", timedelta(days=1))
def expire_requests(*, now: datetime) -> None:
    before = now - timedelta(days=rules.standing("deadlines")["returned_expires"])
    for request in ApprovalRequest.objects.filter(state=RequestState.RETURNED, ball_since__lte=before).order_by("pk"):
        expire(request, now=now)
    conditions.remind(now=now)
