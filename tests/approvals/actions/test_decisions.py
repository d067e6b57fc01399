from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from approvals.actions.decisions import decide
from approvals.models import ApprovalRequest, Decision
from catalog.actions.submissions import submit
from catalog.models import MicroApp
from catalog.states import AppState
from portal.models import AuditEvent, Notification
from portal.models.user import Role
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, make_app
from tests.makers.portal import make_person
from tests.racing import race

pytestmark = pytest.mark.django_db


def ask(owner, second_owner, **fields):
    app = make_app(owner=owner, second_owner=second_owner, state=AppState.DRAFT, **fields)
    return submit(app, by=owner, now=NOW)


def test_approval_starts_the_term_on_the_owners_own_day(owner, second_owner, reviewer):
    owner.time_zone = "Pacific/Auckland"
    owner.save(update_fields=["time_zone"])
    asked = ask(owner, second_owner, lifespan_days=90)
    late = NOW.replace(hour=23)  # already the 24th in Auckland
    decide(asked, outcome="approved", by=reviewer, now=late)
    app = MicroApp.objects.get()
    assert (app.state, app.activated_at, app.expires_on) == (AppState.ACTIVE, late, date(2027, 2, 22))
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by, asked.decided_at) == ("approved", reviewer, late)
    assert Decision.objects.get().outcome == "approved"
    assert {"approvals.request_approved", "catalog.app_approved"} <= set(
        AuditEvent.objects.values_list("verb", flat=True)
    )


@pytest.mark.parametrize(("outcome", "verb"), [("returned", "app_sent_back"), ("refused", "app_refused")])
def test_no_makes_the_app_a_draft_and_says_why(owner, second_owner, reviewer, outcome, verb):
    asked = ask(owner, second_owner)
    decide(asked, outcome=outcome, reason="Name the hosts.", by=reviewer, now=NOW)
    assert MicroApp.objects.get().state == AppState.DRAFT
    assert AuditEvent.objects.get(verb=f"catalog.{verb}").reason == "Name the hosts."
    told = Notification.objects.get(user=owner, kind=f"request_{outcome}")
    assert told.params["reason"] == "Name the hosts."
    assert Notification.objects.filter(user=second_owner, kind=f"app_{outcome}").exists()
    assert not Notification.objects.filter(kind="request_to_decide", closed_at=None).exists()


def test_a_refused_app_can_be_submitted_anew(owner, second_owner, reviewer):
    asked = ask(owner, second_owner)
    decide(asked, outcome="refused", reason="Not now.", by=reviewer, now=NOW)
    assert submit(owner.apps.get(), by=owner, now=NOW).pk != asked.pk


def test_nobody_decides_on_their_own(owner, second_owner):
    for role_holder in (owner, second_owner):
        role_holder.groups.add(make_person(f"Group {role_holder.pk}", Role.REVIEWER).groups.get())
    asked = ask(owner, second_owner)
    for person in (owner, second_owner):
        fresh = type(person).objects.get(pk=person.pk)
        with pytest.raises(PermissionDenied):
            decide(asked, outcome="approved", by=fresh, now=NOW)


def test_the_person_behind_the_owning_service_does_not_decide(second_owner, reviewer):
    robot = make_person("Store robot", is_service=True, steward=reviewer)
    asked = ask(robot, second_owner)
    with pytest.raises(PermissionDenied):
        decide(asked, outcome="approved", by=reviewer, now=NOW)


@pytest.mark.parametrize("who", ["outsider", "board_member", "auditor"])
def test_only_reviewers_and_staff_decide(request, owner, second_owner, who):
    asked = ask(owner, second_owner)
    with pytest.raises(PermissionDenied):
        decide(asked, outcome="approved", by=request.getfixturevalue(who), now=NOW)


def test_the_second_decision_says_who_was_faster(owner, second_owner, reviewer, staff):
    asked = ask(owner, second_owner)
    decide(asked, outcome="approved", by=staff, now=NOW)
    with pytest.raises(InvalidTransition, match="Ana Kovac was faster"):
        decide(asked, outcome="refused", reason="No.", by=reviewer, now=NOW)


def test_a_decision_on_facts_that_changed_is_not_stored(owner, second_owner, reviewer, staff):
    asked = ask(owner, second_owner)
    decide(asked, outcome="returned", reason="Which hosts?", by=staff, now=NOW)
    submit(owner.apps.get(), by=owner, now=NOW + timedelta(hours=1))
    with pytest.raises(InvalidTransition, match="changed after you opened it"):
        decide(asked, outcome="approved", by=reviewer, now=NOW + timedelta(hours=2), revision=1)


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_once_exactly_one_wins(owner, second_owner, reviewer, staff):
    for turn in range(100):
        asked = ask(owner, second_owner, name=f"App {turn}")
        results = race(
            lambda asked=asked: decide(asked, outcome="approved", by=reviewer, now=NOW),
            lambda asked=asked: decide(asked, outcome="refused", reason="No.", by=staff, now=NOW),
        )
        lost = [one for one in results if isinstance(one, InvalidTransition)]
        won = [one for one in results if isinstance(one, ApprovalRequest)]
        assert (len(won), len(lost)) == (1, 1), results
        decision = Decision.objects.get(request=asked)
        app = MicroApp.objects.get(pk=asked.subject_id)
        assert decision.outcome == won[0].state
        assert app.state == (AppState.ACTIVE if decision.outcome == "approved" else AppState.DRAFT)
