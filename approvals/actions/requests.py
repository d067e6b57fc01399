"""Asking for a decision, asking again after a send-back, and taking the question back."""

from datetime import datetime

from django.db import transaction

from approvals import certification
from approvals.actions import fast_lane, stages
from approvals.actions.assessments import assess
from approvals.actions.checks import check_request
from approvals.actions.moves import lock, move, refusal
from approvals.models import ApprovalRequest
from approvals.notifications import close_asks, tell_requester
from approvals.permissions import denial_to_withdraw
from approvals.registry import Asked, subject_for
from approvals.states import TRANSITIONS, RequestState
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import check


def pairs(asked: Asked) -> list[list[str]]:
    return [[str(fact.label), fact.value] for fact in asked.facts]


@transaction.atomic
def open_request(*, kind: str, asked: Asked, by: User, now: datetime, as_draft: bool = False) -> ApprovalRequest:
    """Ask, or with `as_draft` only write down what will be asked. The package that owns the subject has checked that `by`
    may. Raises KeyError for an unregistered kind."""
    subject_for(kind)
    request = ApprovalRequest.objects.create(
        kind=kind,
        subject_id=asked.subject_id,
        title=asked.title,
        url=asked.url,
        business_unit=asked.business_unit,
        source_kind=asked.source_kind,
        source_id=asked.source_id,
        requested_by=by,
        responsible=asked.responsible,
        facts=pairs(asked),
        facts_before=[],
        opened_at=now,
        ball_since=now,
        due_at=now,
        state=RequestState.DRAFT if as_draft else RequestState.SUBMITTED,
    )
    audit.record("approvals.request_drafted" if as_draft else "approvals.request_opened", request, by=by, now=now)
    if not as_draft:
        start(request, asked=asked, now=now)
    return request


@transaction.atomic
def rewrite(request: ApprovalRequest, *, asked: Asked, by: User, now: datetime) -> ApprovalRequest:
    """Bring a locked draft to what it will ask by now. Nobody is told."""
    check(TRANSITIONS, request.state, RequestState.SUBMITTED, refusal=refusal(request))
    restate(request, asked)
    request.save()
    audit.record("approvals.request_drafted", request, by=by, now=now)
    return request


def restate(request: ApprovalRequest, asked: Asked) -> None:
    """The subject's own words and facts, as they are now."""
    request.title, request.url, request.business_unit = asked.title, asked.url, asked.business_unit
    request.responsible, request.facts = asked.responsible, pairs(asked)


def start(request: ApprovalRequest, *, asked: Asked, now: datetime) -> None:
    """Check the submission by the policies in force, assess its risk with what they said, and let the rules
    decide or send it on the route of that risk."""
    certification.record(
        asked.responsible, purpose="submit", about_kind=audit.kind_of(request), about_id=request.pk, now=now
    )
    checks = check_request(request, now=now)
    assessment = assess(request, asked=asked, checks=checks, now=now)
    if fast_lane.take(request, assessment, checks, now=now) is None:
        stages.begin(request, now=now)
        request.save()


@transaction.atomic
def send(request: ApprovalRequest, *, asked: Asked, by: User, now: datetime) -> ApprovalRequest:
    """Ask what a locked draft was to ask, with the facts as they are now; after a send-back ask again."""
    if request.state != RequestState.DRAFT:
        return resubmit(request, asked=asked, by=by, now=now)
    request = move(request, RequestState.SUBMITTED, now=now)
    restate(request, asked)
    request.opened_at = now
    audit.record("approvals.request_opened", request, by=by, now=now)
    start(request, asked=asked, now=now)
    return request


@transaction.atomic
def resubmit(request: ApprovalRequest, *, asked: Asked, by: User, now: datetime) -> ApprovalRequest:
    """Ask again after a send-back, on a locked request, with the facts as they are now; the facts before stay for the
    difference."""
    request = move(request, RequestState.SUBMITTED, now=now)
    request.facts_before = request.facts
    restate(request, asked)
    request.revision += 1
    close_asks(request, now=now)
    audit.record("approvals.request_resubmitted", request, by=by, now=now, facts={"revision": request.revision})
    start(request, asked=asked, now=now)
    return request


@transaction.atomic
def withdraw(request: ApprovalRequest, *, by: User, now: datetime) -> ApprovalRequest:
    """Take the question back; the subject goes back to where it was before it was asked."""
    request = lock(request)
    allow(denial_to_withdraw(by, request))
    return take_back(request, by=by, now=now)


@transaction.atomic
def expire(request: ApprovalRequest, *, now: datetime) -> None:
    """End a request that was sent back and never answered; one that was answered meanwhile is left alone."""
    request = lock(request)
    if request.state != RequestState.RETURNED:
        return
    move(request, RequestState.EXPIRED, now=now).save()
    subject_for(request.kind).withdrawn(request, by=None, now=now)
    audit.record("approvals.request_expired", request, by=None, now=now)
    close_asks(request, now=now)


def take_back(request: ApprovalRequest, *, by: User, now: datetime) -> ApprovalRequest:
    """The withdrawal itself, on a locked request, once it is clear that `by` may."""
    move(request, RequestState.WITHDRAWN, now=now).save()
    stages.close_all(request, now=now)
    subject_for(request.kind).withdrawn(request, by=by, now=now)
    audit.record("approvals.request_withdrawn", request, by=by, now=now)
    close_asks(request, now=now)
    tell_requester(request, "withdrawn", by=by, reason="", now=now)
    return request
