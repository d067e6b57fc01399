"""Looking after open stages: those who joined or stand in are asked, and what is late is reminded of and escalated.

Every step is taken once for a stage, under the lock of its request; a second run finds it done."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from approvals.actions.moves import lock
from approvals.actions.stages import open_stage, seat, unanswered
from approvals.approvers import Seat, barred_from, company_on, seats_of, substitute
from approvals.models import ApprovalRequest, RequestStage
from approvals.models.request_stage import WHOLE, Source
from approvals.notifications import REMINDER, ask_approvers
from approvals.states import RequestState
from portal import audit


def attend_all(*, now: datetime) -> int:
    """Every request that waits for a decision, each in its own transaction. The number of those looked at."""
    waiting = ApprovalRequest.objects.filter(state=RequestState.SUBMITTED).order_by("pk").values_list("pk", flat=True)
    for pk in list(waiting):
        attend(ApprovalRequest(pk=pk), now=now)
    return len(waiting)


@transaction.atomic
def attend(request: ApprovalRequest, *, now: datetime) -> None:
    """One request; nothing happens when it was decided meanwhile."""
    request = lock(request)
    stage = open_stage(request)
    if stage is None:
        return
    seat(stage, request, seats_of(stage.stage_rules, request, now=now), now=now)
    for moment, act in (("stand_in_at", stand_in), ("escalate_at", escalate), ("remind_at", remind)):
        due = getattr(stage, moment)
        if due is not None and due <= now:
            setattr(stage, moment, None)
            stage.save(update_fields=[moment])
            act(stage, request, now=now)


def remind(stage: RequestStage, request: ApprovalRequest, *, now: datetime) -> None:
    ask_approvers(request, stage, unanswered(request), now=now, kind=REMINDER)


def stand_in(stage: RequestStage, request: ApprovalRequest, *, now: datetime) -> None:
    """Whoever did not answer in time shares the seat with their stand-in or manager."""
    company, barred = company_on(now), barred_from(request)
    free = set(company.people) - barred - set(stage.assignments.values_list("user", flat=True))
    seats = []
    for row in unanswered(request):
        other = None if row.source in WHOLE else substitute(row.seat, company, free=free)
        if other is not None:
            free.discard(other)
            seats.append(Seat(other, Source.TIME_OUT, row.seat))
    if seat(stage, request, seats, now=now):
        audit.record("approvals.stage_timed_out", request, by=None, now=now, facts={"stage": stage.name})


def escalate(stage: RequestStage, request: ApprovalRequest, *, now: datetime) -> None:
    """The C4E may answer for the whole stage."""
    barred = barred_from(request)
    seats = [Seat(pk, Source.ESCALATION) for pk in company_on(now).c4e if pk not in barred]
    if seat(stage, request, seats, now=now):
        audit.record("approvals.stage_escalated", request, by=None, now=now, facts={"stage": stage.name})


audit.register(
    approvals__stage_timed_out=audit.Verb(_("Not answered in time: stand-ins are asked too"), "clock-alert", "warn"),
    approvals__stage_escalated=audit.Verb(_("Late: the C4E is asked too"), "clock-alert", "bad"),
)
