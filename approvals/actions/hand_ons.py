"""Handing a question to a colleague who knows better: they answer in the place of whoever was asked."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from approvals.actions.decisions import current_stage
from approvals.actions.moves import lock, require
from approvals.actions.stages import seat
from approvals.approvers import Seat
from approvals.models import ApprovalRequest
from approvals.models.request_stage import Source
from approvals.notifications import close_asks_of
from approvals.permissions import denial_to_be_asked, denial_to_hand_on
from approvals.states import RequestState
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition


@transaction.atomic
def hand_on(request: ApprovalRequest, *, to: User, reason: str, by: User, now: datetime) -> None:
    """`to` is asked instead of `by`; when staff who are not asked do this, `to` is asked besides the others."""
    request = lock(request)
    allow(denial_to_hand_on(by, request, now=now))
    require(request, RequestState.APPROVED)
    if (denial := denial_to_be_asked(to, request)) is not None:
        raise InvalidTransition(str(denial))
    stage = current_stage(request)
    mine = stage.assignments.filter(user=by, ended_at=None).first()
    if mine is not None:
        mine.ended_at = now
        mine.save(update_fields=["ended_at"])
        close_asks_of(request, by, now=now)
    for_whom = mine.seat if mine is not None and mine.seat != to.pk else None
    seat(stage, request, [Seat(to.pk, Source.HANDED, for_whom)], now=now)
    facts = {"stage": stage.name, "to": str(to)}
    audit.record("approvals.request_handed_on", request, by=by, now=now, reason=reason, facts=facts)


audit.register(approvals__request_handed_on=audit.Verb(_("Handed to a colleague"), "handshake"))
