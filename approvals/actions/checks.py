"""Checking things by the policies in force. Every evaluation is kept; what has not changed since is not evaluated again."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from approvals.actions import violations
from approvals.actions.policy_versions import policy_set_of
from approvals.check_sources import SOURCES, Checked, source_for
from approvals.engine import Verdict, engine
from approvals.engine.inputs import evaluate
from approvals.models import ApprovalRequest, Policy, PolicyCheck, PolicyStanding
from approvals.models.policy import Mode
from approvals.models.policy_check import Cause, Result

BATCH = 500
Report = Callable[[int], None]


def check_request(request: ApprovalRequest, *, now: datetime) -> list[PolicyCheck]:
    """What every policy in force says of the thing a request is about, stored with the request. Always evaluated anew."""
    if request.source_kind not in SOURCES or request.source_id is None:
        return []
    things = source_for(request.source_kind).things([request.source_id], now=now)
    checks = []
    for policy in Policy.objects.in_force().order_by("title"):
        checks += judged(policy, things, cause=Cause.REQUEST, now=now, request=request)
    return checks


def check_things(
    kind: str,
    ids: Sequence[int],
    *,
    policies: Sequence[Policy],
    cause: Cause,
    now: datetime,
    report: Report = lambda looked_at: None,
) -> int:
    """Check what has changed among these things, and bring violations to what was found. The number of evaluations.

    Batch by batch, each with a constant number of queries for each policy; `report` hears how many were looked at. When the
    engine does not answer nothing is written, so that an outage opens no violation."""
    source, done = source_for(kind), 0
    live = set(source.live_ids())
    for start in range(0, len(ids), BATCH):
        report(start)
        things = source.things(ids[start : start + BATCH], now=now)
        for policy in policies:
            fresh = fresh_ids(policy, things) if policy.mode != Mode.OFF else set()
            with transaction.atomic():
                done += len(judged(policy, [thing for thing in things if thing.id in fresh], cause=cause, now=now))
                violations.settle(policy, things, live=live, now=now)
    return done


def fresh_ids(policy: Policy, things: Sequence[Checked]) -> set[int]:
    """Those whose input, or whose policy, is another than at their latest check."""
    if not things:
        return set()
    standing = dict(
        PolicyStanding.objects.filter(
            policy=policy, version=policy.active_id, subject_kind=things[0].kind, subject_id__in=[t.id for t in things]
        ).values_list("subject_id", "input_digest")
    )
    return {thing.id for thing in things if standing.get(thing.id) != thing.digest}


def judged(
    policy: Policy,
    things: Sequence[Checked],
    *,
    cause: Cause,
    now: datetime,
    request: ApprovalRequest | None = None,
) -> list[PolicyCheck]:
    """Evaluate and store: the checks, and how each thing stands with the policy now."""
    assert policy.active is not None
    verdicts = evaluate(engine(), policy_set_of(policy.active), [thing.input for thing in things])
    pairs = [
        (thing, verdict)
        for thing, verdict in zip(things, verdicts, strict=True)
        if request is not None or not (verdict.error and verdict.error.is_outage)
    ]
    checks = PolicyCheck.objects.bulk_create(
        check_of(policy, thing, verdict, cause=cause, now=now, request=request) for thing, verdict in pairs
    )
    for check in checks:
        check.version.policy = policy
    PolicyStanding.objects.bulk_create(
        (standing_of(policy, check) for check in checks),
        update_conflicts=True,
        unique_fields=["policy", "subject_kind", "subject_id"],
        update_fields=["version", "check_row", "input_digest", "result", "reasons", "at"],
    )
    return checks


def check_of(
    policy: Policy,
    thing: Checked,
    verdict: Verdict,
    *,
    cause: Cause,
    now: datetime,
    request: ApprovalRequest | None,
) -> PolicyCheck:
    return PolicyCheck(
        version=policy.active,
        subject_kind=thing.kind,
        subject_id=thing.id,
        business_unit_id=thing.business_unit_id,
        request=request,
        cause=cause,
        input_digest=thing.digest,
        result=Result.PASS if verdict.passed else Result.ERROR if verdict.error else Result.FAIL,
        reasons=list(verdict.reasons),
        milliseconds=verdict.milliseconds,
        at=now,
    )


def standing_of(policy: Policy, check: PolicyCheck) -> PolicyStanding:
    return PolicyStanding(
        policy=policy,
        subject_kind=check.subject_kind,
        subject_id=check.subject_id,
        version=check.version,
        check_row=check,
        input_digest=check.input_digest,
        result=check.result,
        reasons=check.reasons,
        at=check.at,
    )
