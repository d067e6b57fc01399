"""Violations follow the standings: one opens when a live thing fails an enforced policy, and closes when it does not."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from approvals import rules, violation_watch
from approvals.check_sources import Checked
from approvals.coverage import coverage_of
from approvals.models import Policy, PolicyStanding, Violation
from approvals.models.policy import Mode
from approvals.models.policy_check import Result
from approvals.notifications_violations import close_asks, remind, tell_opened
from approvals.states import VIOLATION_TRANSITIONS, ViolationState
from portal import audit
from portal.states import check


def settle(policy: Policy, things: Sequence[Checked], *, live: set[int], now: datetime) -> None:
    """Bring the violations of one policy to how these things stand. Safe twice, and twice at once: the second waits, and
    finds the mode and the violations as they are by then. Call it inside a transaction."""
    if not things:
        return
    policy = Policy.objects.select_for_update(of=("self",), no_key=True).get(pk=policy.pk)
    kind, ids = things[0].kind, [thing.id for thing in things]
    failing = {
        row.subject_id: row
        for row in PolicyStanding.objects.filter(policy=policy, subject_kind=kind, subject_id__in=ids)
        if policy.mode == Mode.ENFORCE and row.result != Result.PASS and row.subject_id in live
    }
    standing = {
        row.subject_id: row
        for row in Violation.objects.standing().filter(policy=policy, subject_kind=kind, subject_id__in=ids)
    }
    open_new(policy, [(t, failing[t.id]) for t in things if t.id in failing and t.id not in standing], now=now)
    close([row for number, row in standing.items() if number not in failing], now=now)
    refresh([(standing[t.id], t, failing[t.id]) for t in things if t.id in failing and t.id in standing])
    cover(policy, [row for number, row in standing.items() if number in failing], now=now)


def recover(policy: Policy, *, now: datetime) -> None:
    """An exception of this policy began or ended: bring every standing violation to what is covered now."""
    policy = Policy.objects.select_for_update(of=("self",), no_key=True).get(pk=policy.pk)
    cover(policy, list(Violation.objects.standing().filter(policy=policy)), now=now)


def cover(policy: Policy, rows: Sequence[Violation], *, now: datetime) -> None:
    """Standing violations that an exception covers rest; those it covers no more are open again, with a new due moment."""
    if not rows:
        return
    coverage = coverage_of(policy, now=now)
    rests: list[Violation] = []
    again: list[Violation] = []
    for row in rows:
        is_covered = coverage.covers(row.subject_kind, row.subject_id, row.business_unit_id)
        if is_covered and row.state == ViolationState.OPEN:
            rests.append(row)
        elif not is_covered and row.state == ViolationState.EXCEPTED:
            again.append(row)
    for row in rests:
        move(row, ViolationState.EXCEPTED)
    due = due_of(policy, now=now) if again else now
    for row in again:
        move(row, ViolationState.OPEN)
        row.due_at = due
    Violation.objects.bulk_update([*rests, *again], ["state", "due_at"])
    audit.record_many(audit.event("approvals.violation_excepted", row, by=None, now=now) for row in rests)
    audit.record_many(audit.event("approvals.violation_reopened", row, by=None, now=now) for row in again)
    close_asks(rests, now=now)
    tell_opened(again, now=now)


def due_of(policy: Policy, *, now: datetime) -> datetime:
    return now + timedelta(days=rules.standing("deadlines")[f"violation_{policy.severity}"])


def remind_due(*, now: datetime) -> None:
    """Of what is due within the notice of the rules, or late. Each is told once for each due moment."""
    notice = timedelta(days=rules.standing("deadlines")["violation_notice"])
    remind(list(Violation.objects.filter(state=ViolationState.OPEN, due_at__lte=now + notice)), now=now)


def open_new(policy: Policy, pairs: Sequence[tuple[Checked, PolicyStanding]], *, now: datetime) -> None:
    if not pairs:
        return
    due = due_of(policy, now=now)
    made = Violation.objects.bulk_create(
        Violation(
            policy=policy,
            subject_kind=thing.kind,
            subject_id=thing.id,
            reasons=row.reasons,
            opened_by_check_id=row.check_row_id,
            last_check_id=row.check_row_id,
            opened_at=now,
            due_at=due,
            **face_of(thing),
        )
        for thing, row in pairs
    )
    audit.record_many(audit.event("approvals.violation_opened", row, by=None, now=now) for row in made)
    tell_opened(made, now=now)
    cover(policy, made, now=now)
    violation_watch.tell(policy, [row for row in made if row.state == ViolationState.OPEN], now=now)


def face_of(thing: Checked) -> dict[str, Any]:
    return {
        "title": thing.title,
        "url": thing.url,
        "business_unit_id": thing.business_unit_id,
        "owner_id": thing.owner_id,
        "second_owner_id": thing.second_owner_id,
    }


def close(rows: Sequence[Violation], *, now: datetime) -> None:
    """Put right, or not asked any more: the policy is milder now, or the thing is no longer live."""
    for row in rows:
        move(row, ViolationState.CLOSED)
        row.closed_at = now
    Violation.objects.bulk_update(rows, ["state", "closed_at"])
    audit.record_many(audit.event("approvals.violation_closed", row, by=None, now=now) for row in rows)
    close_asks(rows, now=now)


def refresh(found: Sequence[tuple[Violation, Checked, PolicyStanding]]) -> None:
    """The reasons and the owners as they are now."""
    rows = []
    for row, thing, latest in found:
        face = {**face_of(thing), "reasons": latest.reasons, "last_check_id": latest.check_row_id}
        if any(getattr(row, name) != value for name, value in face.items()):
            for name, value in face.items():
                setattr(row, name, value)
            rows.append(row)
    Violation.objects.bulk_update(
        rows, ["title", "url", "business_unit", "owner", "second_owner", "reasons", "last_check"]
    )


def move(row: Violation, target: ViolationState) -> None:
    """The one place that writes a violation's state; the caller saves."""
    check(VIOLATION_TRANSITIONS, ViolationState(row.state), target, refusal=str(row))
    row.state = target


audit.register(
    approvals__violation_opened=audit.Verb(_("Violation found"), "shield-alert", "bad"),
    approvals__violation_excepted=audit.Verb(_("Covered by an exception"), "shield-off", "warn"),
    approvals__violation_reopened=audit.Verb(_("Open again: no exception covers it"), "shield-alert", "bad"),
    approvals__violation_closed=audit.Verb(_("Violation put right"), "shield-check", "ok"),
)
audit.register_page("approvals.violation", "approvals:violation_detail")
