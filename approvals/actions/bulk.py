"""One approval for several equal requests of low risk: each decided in its own transaction, with its own result."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from approvals.actions.decisions import decide
from approvals.models import ApprovalRequest
from approvals.risk import LOW
from approvals.states import RequestState
from portal.bulk import Result, each
from portal.models import User
from portal.states import InvalidTransition

MOST = 100


def unequal(requests: Sequence[ApprovalRequest]) -> str:
    """Why these are not decided together, as a sentence; empty when they may be."""
    if len(requests) > MOST:
        return _("At most %(most)d requests at a time. Choose fewer.") % {"most": MOST}
    if any(one.tier != LOW for one in requests):
        return _("Only requests of low risk are decided together. Open the others one by one.")
    if len({one.kind for one in requests}) > 1:
        return _("These ask for different things. Choose requests of one kind.")
    return ""


def decide_many(
    requests: Sequence[ApprovalRequest], *, outcome: str, reason: str, by: User, now: datetime
) -> list[Result[ApprovalRequest]]:
    """Raises InvalidTransition when they are not equals; a refusal of one stops no other."""
    if refusal := unequal(requests):
        raise InvalidTransition(refusal)

    def act(one: ApprovalRequest) -> str:
        return sentence_of(decide(one, outcome=outcome, reason=reason, by=by, now=now, revision=one.revision))

    return each(requests, act)


def sentence_of(after: ApprovalRequest) -> str:
    if after.state == RequestState.SUBMITTED:
        return _("Your approval is stored; others are still to answer.")
    return _("It is %(state)s.") % {"state": after.get_state_display().lower()}
