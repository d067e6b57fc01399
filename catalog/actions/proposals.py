"""Asking for something to be done with an app of the catalog. What is asked is kept as it was asked, and done on approval."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from approvals.actions.moves import lock as lock_request
from approvals.actions.requests import open_request, resubmit
from approvals.models import ApprovalRequest
from approvals.registry import Asked
from approvals.states import RequestState
from catalog.actions.moves import lock
from catalog.actions.submissions import SOURCE
from catalog.models import MicroApp, Proposal
from catalog.models.proposal import ProposalKind
from catalog.permissions import denial_to_propose
from catalog.proposal_facts import facts_of, risk_facts_of
from catalog.states import LIVE_STATES, AppState
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition

STATES: dict[str, tuple[AppState, ...]] = {
    ProposalKind.CHANGE: LIVE_STATES,
    ProposalKind.RENEWAL: LIVE_STATES,
    ProposalKind.RESTORE: (AppState.ARCHIVED,),
    ProposalKind.OWNERSHIP: (*LIVE_STATES, AppState.ARCHIVED),
    ProposalKind.SPEND: (AppState.DRAFT, *LIVE_STATES),
    ProposalKind.EXEMPTION: LIVE_STATES,
}


@transaction.atomic
def propose(app: MicroApp, *, kind: str, values: Mapping[str, Any], reason: str, by: User, now: datetime) -> Proposal:
    """Ask for a decision; what was sent back is asked again in the same request, with the new values.

    Raises InvalidTransition while the same thing is with the reviewers, or when the app's state does not allow it."""
    standing = locked_standing(app, kind)
    return write(lock(app), standing, kind=kind, values=values, reason=reason, by=by, now=now)


def locked_standing(app: MicroApp, kind: str) -> Proposal | None:
    """The proposal that stands, its request locked: the request comes before the app, as in a decision."""
    standing = standing_of(app, kind)
    if standing is not None and standing.request is not None:
        standing.request = lock_request(standing.request)
    return standing


def write(
    app: MicroApp,
    standing: Proposal | None,
    *,
    kind: str,
    values: Mapping[str, Any],
    reason: str,
    by: User,
    now: datetime,
) -> Proposal:
    """The proposal itself, on a locked app and the locked one that stands."""
    allow(denial_to_propose(by, app, kind))
    refuse_unless_possible(app, kind)
    if standing is None:
        asked = Proposal(app=app, kind=kind, values=dict(values), reason=reason, at=now, by=by)
        asked.save(force_insert=True)
        asked.request = open_request(kind=kind, asked=asked_about(asked), by=by, now=now)
        asked.save(update_fields=["request"])
        audit.record("catalog.proposal_made", app, by=by, now=now, reason=reason, facts=facts_for_audit(asked))
        return asked
    request = standing.request
    if request is None or request.state != RequestState.RETURNED:
        raise InvalidTransition(
            gettext("This is asked already: %(kind)s of %(app)s is with the reviewers. Withdraw it to ask anew.")
            % {"kind": ProposalKind(kind).label, "app": app.name}
        )
    standing.app, standing.values, standing.reason, standing.at = app, dict(values), reason, now
    standing.save(update_fields=["values", "reason", "at"])
    resubmit(request, asked=asked_about(standing), by=by, now=now)
    audit.record("catalog.proposal_changed", app, by=by, now=now, reason=reason, facts=facts_for_audit(standing))
    return standing


def standing_of(app: MicroApp, kind: str) -> Proposal | None:
    return Proposal.objects.standing().filter(app=app, kind=kind).select_related("request", "by").first()


def proposal_of(request: ApprovalRequest) -> Proposal:
    """The proposal a request is about, with its app locked. The rules may decide before the two are tied to each other."""
    standing = Proposal.objects.standing().select_related("by", "request")
    proposal = standing.get(app=request.subject_id, kind=request.kind)
    proposal.app = lock(MicroApp(pk=request.subject_id))
    return proposal


def close(proposal: Proposal, *, done: bool, now: datetime) -> None:
    proposal.closed_at, proposal.was_done = now, done
    proposal.save(update_fields=["closed_at", "was_done"])


def refuse_unless_possible(app: MicroApp, kind: str) -> None:
    if app.state not in STATES[kind]:
        raise InvalidTransition(
            gettext("%(app)s is %(state)s by now, so this is no longer possible. Look at its page for what happened.")
            % {"app": app.name, "state": app.get_state_display().lower()}
        )


def asked_about(proposal: Proposal) -> Asked:
    app = proposal.app
    return Asked(
        subject_id=app.pk,
        title=app.name,
        url=app.get_absolute_url(),
        facts=facts_of(proposal),
        business_unit=app.business_unit,
        risk=risk_facts_of(proposal),
        source_kind=SOURCE,
        source_id=app.pk,
        responsible=app.owner,
    )


def facts_for_audit(proposal: Proposal) -> dict[str, Any]:
    return {"kind": str(proposal.kind), "request": proposal.request_id, **proposal.values}


audit.register(
    catalog__proposal_made=audit.Verb(_("Asked for a decision"), "inbox", "info"),
    catalog__proposal_changed=audit.Verb(_("Asked again"), "inbox", "info"),
    catalog__change_granted=audit.Verb(_("Material change approved"), "pencil", "ok"),
    catalog__budget_set=audit.Verb(_("Budget set"), "coins", "info"),
)
