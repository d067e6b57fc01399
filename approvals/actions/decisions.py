"""Deciding: the request, its decision row and the effect on the subject stand or fall together."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from approvals import certification
from approvals.actions import stages
from approvals.actions.moves import lock, move, require
from approvals.approvers import seats_of
from approvals.models import ApprovalRequest, Condition, RequestStage
from approvals.notifications import close_asks, tell_requester
from approvals.permissions import denial_to_decide, denial_to_override, denial_to_take_part
from approvals.registry import subject_for
from approvals.states import OPEN_STATES, RequestState
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition


@dataclass(frozen=True)
class Terms:
    """What an approval asks for, and the last day for it."""

    text: str
    until: date


@transaction.atomic
def decide(
    request: ApprovalRequest,
    *,
    outcome: str,
    by: User,
    now: datetime,
    reason: str = "",
    terms: Terms | None = None,
    revision: int | None = None,
    stage: int | None = None,
) -> ApprovalRequest:
    """Approve, send back or refuse, at the stage that is open. Sending back and refusing end the submission at once; an
    approval ends its stage when its rules are met, and the request after the last one. `terms` go with an approval. With
    `revision` and `stage` (its order), only what the approver has read is decided."""
    request, target = lock(request), RequestState(outcome)
    allow(denial_to_take_part(by, request, now=now))
    require(request, target)
    current = current_stage(request, revision=revision, order=stage)
    allow(denial_to_decide(by, request, now=now))
    join(current, request, by=by, now=now)
    return store(request, current, target, by=by, reason=reason, terms=terms, now=now)


@transaction.atomic
def override(request: ApprovalRequest, *, outcome: str, reason: str, by: User, now: datetime) -> ApprovalRequest:
    """Decide instead of those whom the route asks, with a reason that everyone reads; the stages to come are left out."""
    request, target = lock(request), RequestState(outcome)
    allow(denial_to_override(by, request))
    require(request, target)
    current = current_stage(request)
    stages.decision_at(current, outcome=target, reason=reason, by=by, now=now, is_override=True)
    stages.close_all(request, now=now)
    return end(request, target, by=by, reason=reason, now=now, verb="approvals.request_overridden")


def current_stage(request: ApprovalRequest, *, revision: int | None = None, order: int | None = None) -> RequestStage:
    """The open stage, if it is still the one that was read."""
    if revision is not None and revision != request.revision:
        raise InvalidTransition(
            gettext("“%(title)s” was changed after you opened it. Look at the difference, then decide.")
            % {"title": request.title}
        )
    stage = stages.open_stage(request)
    assert stage is not None, "a submitted request has an open stage"
    if order is not None and order != stage.order:
        raise InvalidTransition(
            gettext("Somebody was faster: “%(title)s” is at the stage “%(stage)s” by now. Nothing of yours was stored.")
            % {"title": request.title, "stage": stage.name}
        )
    return stage


def join(stage: RequestStage, request: ApprovalRequest, *, by: User, now: datetime) -> None:
    """Somebody who holds the role or joined the group since the stage began is one of those it names."""
    if not stage.assignments.filter(user=by).exists():
        found = [one for one in seats_of(stage.stage_rules, request, now=now) if one.user == by.pk]
        stages.seat(stage, request, found, now=now)


def store(
    request: ApprovalRequest,
    stage: RequestStage,
    target: RequestState,
    *,
    by: User,
    reason: str,
    terms: Terms | None,
    now: datetime,
) -> ApprovalRequest:
    decision = stages.decision_at(stage, outcome=target, reason=reason, by=by, now=now)
    if target == RequestState.APPROVED:
        if terms is not None:
            Condition.objects.create(request=request, decision=decision, text=terms.text, until=terms.until)
        facts = {"stage": stage.name}
        if not stages.answer(stage, request, by=by, now=now):
            audit.record("approvals.stage_answered", request, by=by, now=now, reason=reason, facts=facts)
            return request
        close_asks(request, now=now)
        if stages.open_next(request, now=now) is not None:
            request.save()
            audit.record("approvals.stage_approved", request, by=by, now=now, reason=reason, facts=facts)
            return request
    stages.close_all(request, now=now)
    return end(request, target, by=by, reason=reason, now=now, verb=f"approvals.request_{target}")


def end(
    request: ApprovalRequest, target: RequestState, *, by: User, reason: str, now: datetime, verb: str
) -> ApprovalRequest:
    """The submission is decided: its effect, its record, and what people are told."""
    move(request, target, now=now)
    if target not in OPEN_STATES:
        request.decided_at, request.decided_by = now, by
    request.save()
    certification.record(
        request.responsible, purpose="decide", about_kind=audit.kind_of(request), about_id=request.pk, now=now
    )
    tell_subject(request, target, by=by, reason=reason, now=now)
    audit.record(verb, request, by=by, now=now, reason=reason, facts={"outcome": target})
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
