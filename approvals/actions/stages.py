"""The stages of a submission: begun with the route that holds, opened one after the other, answered, and closed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models
from django.utils import timezone

from approvals import routes
from approvals.approvers import Seat, seats_of
from approvals.calendars import calendar_of, free_days
from approvals.clock import due_at, earlier
from approvals.models import ApprovalRequest, Assignment, Decision, RequestStage
from approvals.models.request_stage import WHOLE
from approvals.notifications import ask_approvers, close_asks_of
from approvals.stage_rules import StageMode
from approvals.states import STAGE_TRANSITIONS, RequestState, StageState
from portal.models import User
from portal.states import check


def begin(request: ApprovalRequest, *, now: datetime) -> None:
    """The stages of the present submission of a locked request, the first one opened. Sets when the request is due."""
    route = routes.standing(request.kind, request.tier)
    RequestStage.objects.bulk_create(
        RequestStage(
            request=request,
            revision=request.revision,
            order=order,
            name=rules.name,
            route=route.version,
            rules=rules.as_json(),
        )
        for order, rules in enumerate(route.stages, start=1)
    )
    open_next(request, now=now)


def open_next(request: ApprovalRequest, *, now: datetime) -> RequestStage | None:
    """Open the next stage and ask its approvers; None when there is none left. The caller saves the request."""
    stage = request.stages.filter(revision=request.revision, state=StageState.WAITING).order_by("order").first()
    if stage is None:
        return None
    move(stage, StageState.OPEN)
    stage.opened_at = now
    request.due_at = set_moments(stage, request, now=now)
    stage.save()
    seat(stage, request, seats_of(stage.stage_rules, request, now=now), now=now)
    return stage


def set_moments(stage: RequestStage, request: ApprovalRequest, *, now: datetime) -> datetime:
    """When it is due, and when each step before and after that is, on the calendar of the unit. The due moment."""
    rules, zone = stage.stage_rules, timezone.get_default_timezone()
    is_free = free_days(calendar_of(request.business_unit))
    due = stage.due_at = due_at(now, rules.days, zone, is_free)
    stage.remind_at = max(now, earlier(due, rules.remind, zone, is_free)) if rules.remind else None
    stage.stand_in_at = due_at(due, rules.stand_in, zone, is_free) if rules.stand_in else None
    stage.escalate_at = due_at(due, rules.escalate, zone, is_free) if rules.escalate else None
    return due


def seat(stage: RequestStage, request: ApprovalRequest, seats: Sequence[Seat], *, now: datetime) -> list[Assignment]:
    """Ask those who are not asked yet; the new assignments."""
    there = set(stage.assignments.values_list("user", flat=True))
    made = Assignment.objects.bulk_create(
        Assignment(stage=stage, user_id=one.user, source=one.source, on_behalf_of_id=one.on_behalf_of, assigned_at=now)
        for one in seats
        if one.user not in there
    )
    ask_approvers(request, stage, made, now=now)
    return made


def open_stage(request: ApprovalRequest) -> RequestStage | None:
    return request.stages.filter(state=StageState.OPEN).first()


def unanswered(request: ApprovalRequest) -> models.QuerySet[Assignment]:
    """Those who are asked now and have not answered."""
    open_ones = Assignment.objects.filter(stage__request=request, stage__state=StageState.OPEN, ended_at=None)
    return open_ones.select_related("user", "on_behalf_of")


def answer(stage: RequestStage, request: ApprovalRequest, *, by: User, now: datetime) -> bool:
    """Take note of an approval; True when the stage is approved by it. The decision is stored already."""
    stage.assignments.filter(user=by).update(ended_at=now)
    if not is_complete(stage):
        close_asks_of(request, by, now=now)
        return False
    finish(stage, StageState.APPROVED, now=now)
    return True


def is_complete(stage: RequestStage) -> bool:
    """Are the approvals that the rules want there? The C4E, where it is asked, answers for the whole stage; nobody waits for
    a colleague who has left."""
    assigned = list(stage.assignments.select_related("user", "on_behalf_of"))
    given = set(stage.decisions.filter(outcome=RequestState.APPROVED).values_list("by", flat=True))
    answered = [one for one in assigned if one.user_id in given]
    if any(one.source in WHOLE for one in answered):
        return True
    wanted = {one.seat for one in assigned if one.source not in WHOLE and (one.on_behalf_of or one.user).is_active}
    done = {one.seat for one in answered}
    rules = stage.stage_rules
    if rules.mode == StageMode.EVERYONE:
        return bool(done) and wanted <= done
    return len(done) >= (min(rules.quorum, len(wanted)) if rules.mode == StageMode.QUORUM else 1)


def finish(stage: RequestStage, target: StageState, *, now: datetime) -> None:
    """End an open stage: nobody is asked any more."""
    move(stage, target)
    stage.ended_at, stage.remind_at, stage.stand_in_at, stage.escalate_at = now, None, None, None
    stage.save()
    stage.assignments.filter(ended_at=None).update(ended_at=now)


def close_all(request: ApprovalRequest, *, now: datetime) -> None:
    """The submission is over before its stages are: whatever is open or still to come is not needed any more."""
    for stage in request.stages.filter(state__in=[StageState.OPEN, StageState.WAITING]):
        finish(stage, StageState.CLOSED, now=now)


def decision_at(
    stage: RequestStage, *, outcome: RequestState, reason: str, by: User, now: datetime, is_override: bool = False
) -> Decision:
    """The answer of one person at this stage, from their seat unless it overrides those who have one."""
    assigned = None if is_override else stage.assignments.get(user=by)
    return Decision.objects.create(
        request_id=stage.request_id,
        stage=stage,
        revision=stage.revision,
        outcome=outcome,
        reason=reason,
        at=now,
        by=by,
        on_behalf_of_id=assigned.on_behalf_of_id if assigned else None,
        is_override=is_override,
    )


def move(stage: RequestStage, target: StageState) -> None:
    """The one place that writes a stage's state; the caller saves."""
    check(STAGE_TRANSITIONS, StageState(stage.state), target, refusal=str(stage))
    stage.state = target
