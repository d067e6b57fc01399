"""Every state of a request × everything that can be done to it × every hand, through the real actions."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from approvals.actions import requests
from approvals.actions.decisions import decide, override
from approvals.actions.hand_ons import hand_on
from approvals.models import ApprovalRequest
from approvals.states import RequestState
from catalog.actions.submissions import asked_about, submit
from catalog.models import MicroApp
from catalog.states import AppState
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, make_app
from tests.makers.portal import make_person

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=40)
S = RequestState

ACTS = {
    "approve": lambda request, by: decide(request, outcome="approved", by=by, now=NOW),
    "return": lambda request, by: decide(request, outcome="returned", reason="Why?", by=by, now=NOW),
    "refuse": lambda request, by: decide(request, outcome="refused", reason="No.", by=by, now=NOW),
    "override": lambda request, by: override(request, outcome="refused", reason="No.", by=by, now=NOW),
    "withdraw": lambda request, by: requests.withdraw(request, by=by, now=NOW),
    "send": lambda request, by: requests.send(
        requests.lock(request), asked=asked_about(MicroApp.objects.get()), by=by, now=NOW
    ),
    "hand_on": lambda request, by: hand_on(
        request, to=make_person("Nadia Brandt"), reason="She knows.", by=by, now=NOW
    ),
}
# What each leads to from which states, and whose hands may.
TARGETS = {
    "approve": {S.SUBMITTED: S.APPROVED},
    "return": {S.SUBMITTED: S.RETURNED},
    "refuse": {S.SUBMITTED: S.REFUSED},
    "override": {S.SUBMITTED: S.REFUSED},
    "withdraw": {S.DRAFT: S.WITHDRAWN, S.SUBMITTED: S.WITHDRAWN, S.RETURNED: S.WITHDRAWN},
    "send": {S.DRAFT: S.SUBMITTED, S.RETURNED: S.SUBMITTED},
    "hand_on": {S.SUBMITTED: S.SUBMITTED},
}
PEOPLE = ["owner", "second_owner", "manager", "reviewer", "staff", "board_member", "auditor", "outsider", "admin"]
DECIDERS = {"reviewer", "staff"}  # whom the route names; an administrator decides only instead of them
HANDS = {
    "approve": DECIDERS,
    "return": DECIDERS,
    "refuse": DECIDERS,
    "override": {"staff", "admin"},
    "withdraw": {"owner", "staff", "admin"},
    "hand_on": DECIDERS | {"admin"},
    "send": set(PEOPLE),  # whose it is has been checked by the package that owns the subject
}


def make_request(state, owner, second_owner, reviewer):
    app = make_app(owner=owner, second_owner=second_owner, state=AppState.DRAFT)
    if state == S.DRAFT:
        return requests.open_request(kind="new_app", asked=asked_about(app), by=owner, now=NOW, as_draft=True)
    request = submit(app, by=owner, now=NOW)
    if state in (S.APPROVED, S.RETURNED, S.REFUSED, S.EXPIRED):
        outcome = S.RETURNED if state == S.EXPIRED else state
        decide(request, outcome=outcome, reason="Said.", by=reviewer, now=NOW)
    if state == S.WITHDRAWN:
        requests.withdraw(request, by=owner, now=NOW)
    if state == S.EXPIRED:
        requests.expire(request, now=LATER)
    return ApprovalRequest.objects.select_related("requested_by").get(pk=request.pk)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", list(RequestState))
def test_the_table_decides(request, owner, second_owner, reviewer, staff, state, act, who):
    person = request.getfixturevalue(who)
    asked = make_request(state, owner, second_owner, reviewer)
    assert asked.state == state
    target = TARGETS[act].get(state) if who in HANDS[act] else None
    if target is not None:
        ACTS[act](asked, person)
    else:
        with pytest.raises((PermissionDenied, InvalidTransition)):
            ACTS[act](asked, person)
    asked.refresh_from_db()
    assert asked.state == (target or state)
    assert asked.stages.filter(state="open").count() == (asked.state == S.SUBMITTED)
