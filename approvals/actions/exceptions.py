"""Exceptions: asked for by a request, in force by its approval, and at their end on their last day or before."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from approvals import rules
from approvals.actions.moves import lock as lock_request
from approvals.actions.requests import open_request, rewrite, send
from approvals.actions.violations import recover
from approvals.check_sources import Checked
from approvals.models import ApprovalRequest, Policy, PolicyException
from approvals.notifications_exceptions import close_asks, tell_ended, warn_of_end
from approvals.permissions_exceptions import denial_to_ask_for_thing, denial_to_ask_for_unit, denial_to_close
from approvals.registry import Asked, Fact
from approvals.risk import RiskFacts
from approvals.states import EXCEPTION_TRANSITIONS, WITH_REQUESTER, ExceptionState
from portal import audit
from portal.models import BusinessUnit, User
from portal.permissions import allow
from portal.states import InvalidTransition, check

KIND = "exception"
Scope = Checked | BusinessUnit


@dataclass(frozen=True)
class Terms:
    """Why, what is done instead, and the last good day."""

    reason: str
    compensating_control: str
    ends_on: date


def lock(row: PolicyException) -> PolicyException:
    """The exception as it is now, locked until the transaction ends."""
    return (
        PolicyException.objects.select_for_update(of=("self",))
        .select_related("policy", "business_unit", "owner", "asked_by", "renews")
        .get(pk=row.pk)
    )


def move(row: PolicyException, target: ExceptionState) -> None:
    """The one place that writes an exception's state; the caller saves."""
    refusal = gettext("This exception is “%(state)s” by now, so that is no longer possible.") % {
        "state": row.get_state_display().lower()
    }
    check(EXCEPTION_TRANSITIONS, ExceptionState(row.state), target, refusal=refusal)
    row.state = target


@transaction.atomic
def ask(
    policy: Policy,
    scope: Scope,
    *,
    terms: Terms,
    by: User,
    now: datetime,
    renews: PolicyException | None = None,
    as_draft: bool = False,
) -> PolicyException:
    """Ask for one, for a thing or for a whole unit. One may be asked for at a time; a renewal is a request like the first.
    With `as_draft` nobody is asked yet."""
    if isinstance(scope, BusinessUnit):
        allow(denial_to_ask_for_unit(by, scope))
        face = {"business_unit": scope, "title": scope.name, "owner": scope.lead or by.steward or by}
    else:
        allow(denial_to_ask_for_thing(by, scope))
        face = {"subject_kind": scope.kind, "subject_id": scope.id, "title": scope.title, "url": scope.url}
        face["owner_id"] = scope.owner_id
    refuse_unless_within(terms, now=now)
    state = ExceptionState.DRAFT if as_draft else ExceptionState.ASKED
    row = PolicyException(policy=policy, renews=renews, asked_at=now, asked_by=by, state=state, **face, **vars(terms))
    save_once(row)
    open_request(kind=KIND, asked=asked_about(row), by=by, now=now, as_draft=as_draft)
    if not as_draft:
        audit.record("approvals.exception_asked", row, by=by, now=now, reason=terms.reason[:300], facts=facts_of(row))
    return row


def save_once(row: PolicyException) -> None:
    """Raises InvalidTransition when another one for the same is with those who decide."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        said = gettext("An exception from “%(policy)s” for %(title)s is asked for already. Look at that request.")
        raise InvalidTransition(said % {"policy": row.policy.title, "title": row.title}) from None


@transaction.atomic
def ask_again(
    row: PolicyException, *, terms: Terms, by: User, now: datetime, as_draft: bool = False
) -> PolicyException:
    """Of a draft, or after it was sent back: other words, another day, the same request. `as_draft` keeps a draft one."""
    request = request_of(row)
    row = lock(row)
    allow(denial_to_close(by, row))
    if request is None or request.state not in WITH_REQUESTER:
        raise InvalidTransition(gettext("It is with those who decide. Withdraw the request to ask anew."))
    refuse_unless_within(terms, now=now)
    row.reason, row.compensating_control, row.ends_on = terms.reason, terms.compensating_control, terms.ends_on
    if as_draft and row.state == ExceptionState.DRAFT:
        row.save()
        rewrite(request, asked=asked_about(row), by=by, now=now)
        return row
    if row.state == ExceptionState.DRAFT:
        move(row, ExceptionState.ASKED)
        row.asked_at = now
        audit.record("approvals.exception_asked", row, by=by, now=now, reason=terms.reason[:300], facts=facts_of(row))
    save_once(row)
    send(request, asked=asked_about(row), by=by, now=now)
    return row


def request_of(row: PolicyException) -> ApprovalRequest | None:
    """The open request for it, locked; None when there is none."""
    found = ApprovalRequest.objects.open().about(KIND, row.pk).first()
    return lock_request(found) if found else None


def longest(now: datetime) -> date:
    """The latest last day that may be asked for."""
    return timezone.localdate(now) + timedelta(days=rules.standing("deadlines")["exception_longest"])


def refuse_unless_within(terms: Terms, *, now: datetime) -> None:
    latest = longest(now)
    if not timezone.localdate(now) < terms.ends_on <= latest:
        raise InvalidTransition(
            gettext("Choose a last day from tomorrow to %(latest)s.") % {"latest": date_format(latest, "j F Y")}
        )


def asked_about(row: PolicyException) -> Asked:
    is_unit = row.business_unit is not None
    facts = [
        Fact(_("Policy"), row.policy.title),
        Fact(_("For"), row.title),
        Fact(_("Reason"), row.reason),
        Fact(_("Compensating control"), row.compensating_control),
        Fact(_("Last day"), date_format(row.ends_on, "j F Y")),
        Fact(_("Answers for it"), str(row.owner)),
    ]
    if row.renews is not None:
        facts.append(Fact(_("Renews the one until"), date_format(row.renews.ends_on, "j F Y")))
    return Asked(
        subject_id=row.pk,
        title=str(row),
        url=row.get_absolute_url(),
        facts=facts,
        business_unit=row.business_unit,
        risk=RiskFacts(failing=(row.policy.title,)) if is_unit else RiskFacts(),
        source_kind=row.subject_kind,
        source_id=row.subject_id,
        responsible=row.owner,
    )


def grant(row: PolicyException, *, by: User, now: datetime) -> None:
    """It holds from now; the one it renews ends, so that one covers at a time."""
    if row.ends_on < timezone.localdate(now):
        raise InvalidTransition(gettext("The last day asked for has passed. Send it back for a later one."))
    move(row, ExceptionState.ACTIVE)
    row.granted_by, row.granted_at = by, now
    row.save(update_fields=["state", "granted_by", "granted_at"])
    audit.record("approvals.exception_granted", row, by=by, now=now, facts=facts_of(row))
    before = PolicyException.objects.select_for_update(of=("self",)).select_related("policy")
    for old in before.filter(renewals=row, state=ExceptionState.ACTIVE):
        finish(old, ExceptionState.ENDED, by=by, now=now)
    recover(row.policy, now=now)


def decline(row: PolicyException, *, by: User | None, now: datetime) -> None:
    """Refused, withdrawn or expired."""
    finish(row, ExceptionState.DECLINED, by=by, now=now)


def finish(row: PolicyException, target: ExceptionState, *, by: User | None, now: datetime, reason: str = "") -> None:
    move(row, target)
    row.ended_at = now
    row.save(update_fields=["state", "ended_at"])
    audit.record(f"approvals.exception_{target}", row, by=by, now=now, reason=reason, facts=facts_of(row))
    close_asks(row, now=now)


@transaction.atomic
def close(row: PolicyException, *, reason: str, by: User, now: datetime) -> PolicyException:
    """End it before its last day: what it covered is a violation again, unless it is put right."""
    row = lock(row)
    allow(denial_to_close(by, row))
    finish(row, ExceptionState.CLOSED, by=by, now=now, reason=reason)
    recover(row.policy, now=now)
    return row


def run_out(*, now: datetime) -> int:
    """End those whose last day has passed, and warn of those that end soon. Safe twice: each is ended and warned of once."""
    today = timezone.localdate(now)
    for row in list(PolicyException.objects.filter(state=ExceptionState.ACTIVE, ends_on__lt=today).order_by("pk")):
        end(row, now=now)
    soon = today + timedelta(days=rules.standing("deadlines")["exception_warned"])
    near = PolicyException.objects.active(today).filter(ends_on__lte=soon).for_table()
    for row in near.exclude(renewals__state=ExceptionState.ASKED):
        warn_of_end(row, now=now)
    return len(near)


@transaction.atomic
def end(row: PolicyException, *, now: datetime) -> None:
    row = lock(row)
    if row.state != ExceptionState.ACTIVE:
        return
    finish(row, ExceptionState.ENDED, by=None, now=now)
    recover(row.policy, now=now)
    tell_ended(row, now=now)


def facts_of(row: PolicyException) -> dict[str, str]:
    return {"policy": row.policy.title, "for": row.title, "ends_on": row.ends_on.isoformat()}


audit.register(
    approvals__exception_asked=audit.Verb(_("Exception asked for"), "shield-off", "info"),
    approvals__exception_granted=audit.Verb(_("Exception granted"), "shield-off", "warn"),
    approvals__exception_ended=audit.Verb(_("Exception ended"), "shield"),
    approvals__exception_closed=audit.Verb(_("Exception closed early"), "shield"),
    approvals__exception_declined=audit.Verb(_("Exception not granted"), "circle-x"),
)
audit.register_page("approvals.policyexception", "approvals:exception_detail")
