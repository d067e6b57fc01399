from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from approvals import routes
from approvals.actions.attendance import attend, attend_all
from approvals.actions.decisions import Terms, decide, override
from approvals.actions.hand_ons import hand_on
from approvals.actions.routes import set_route
from approvals.models import Condition, RequestStage
from approvals.stage_rules import Approver, StageRules, Who
from catalog.models import MicroApp
from catalog.states import AppState
from portal.models import AuditEvent, Notification, User
from portal.models.user import Role
from portal.states import InvalidTransition
from tests.approvals.test_approvers import ask, asked_now, person
from tests.makers.catalog import NOW
from tests.makers.portal import make_person
from tests.racing import race

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def three(outsider, reviewer, board_member):
    return [outsider, reviewer, board_member]


def test_everyone_must_approve(owner, second_owner, three):
    request = ask(owner, second_owner, *map(person, three), mode="everyone")
    for one in three[:2]:
        assert decide(request, outcome="approved", by=one, now=NOW).state == "submitted"
        assert not Notification.objects.filter(user=one, kind="request_to_decide", closed_at=None).exists()
    assert MicroApp.objects.get().state == AppState.IN_REVIEW
    assert decide(request, outcome="approved", by=three[2], now=NOW).state == "approved"
    assert MicroApp.objects.get().state == AppState.ACTIVE


def test_nobody_waits_for_a_colleague_who_has_left(owner, second_owner, three):
    request = ask(owner, second_owner, *map(person, three), mode="everyone")
    User.objects.filter(pk=three[2].pk).update(is_active=False)
    for one in three[:2]:
        after = decide(request, outcome="approved", by=one, now=NOW)
    assert after.state == "approved"


def test_a_quorum_of_two_needs_two_people(owner, second_owner, three):
    request = ask(owner, second_owner, *map(person, three), mode="quorum", quorum=2)
    assert decide(request, outcome="approved", by=three[0], now=NOW).state == "submitted"
    with pytest.raises(PermissionDenied, match="You have answered"):
        decide(request, outcome="approved", by=three[0], now=NOW)
    assert decide(request, outcome="approved", by=three[1], now=NOW).state == "approved"


def test_a_quorum_larger_than_the_stage_asks_all(owner, second_owner, outsider):
    request = ask(owner, second_owner, person(outsider), mode="quorum", quorum=9)
    assert decide(request, outcome="approved", by=outsider, now=NOW).state == "approved"


@pytest.mark.parametrize("outcome", ["returned", "refused"])
def test_one_no_ends_the_submission_for_all(owner, second_owner, three, outcome):
    request = ask(owner, second_owner, *map(person, three), mode="everyone", more=[StageRules("Later", ())])
    decide(request, outcome="approved", by=three[0], now=NOW)
    assert decide(request, outcome=outcome, reason="Which data?", by=three[1], now=NOW).state == outcome
    assert set(RequestStage.objects.values_list("state", flat=True)) == {"closed"}
    assert not Notification.objects.filter(kind="request_to_decide", closed_at=None).exists()


def test_stages_come_one_after_the_other(owner, second_owner, outsider, reviewer):
    request = ask(owner, second_owner, person(outsider), more=[StageRules("Second", (person(reviewer),), days=5)])
    assert asked_now(request) == {(outsider.name, "route")}
    with pytest.raises(PermissionDenied):
        decide(request, outcome="approved", by=reviewer, now=NOW)
    after = decide(request, outcome="approved", by=outsider, now=NOW + DAY)
    assert (after.state, asked_now(request)) == ("submitted", {(reviewer.name, "route")})
    assert after.due_at == NOW + 8 * DAY  # five business days over a weekend
    assert decide(request, outcome="approved", by=reviewer, now=NOW + 2 * DAY).state == "approved"


def test_a_click_meant_for_the_stage_before_is_not_stored(owner, second_owner, reviewer, staff):
    both = (person(reviewer), person(staff))
    request = ask(owner, second_owner, *both, more=[StageRules("Second", both)])
    decide(request, outcome="approved", by=staff, now=NOW, stage=1)
    with pytest.raises(InvalidTransition, match="at the stage “Second” by now"):
        decide(request, outcome="approved", by=reviewer, now=NOW, stage=1)


def test_running_requests_finish_on_the_route_they_began_with(owner, second_owner, outsider, staff, reviewer):
    request = ask(owner, second_owner, person(outsider), more=[StageRules("Second", (person(reviewer),))])
    set_route("new_app", "low", stages=[StageRules("New", (person(staff),))], reason="Less.", seen=1, by=staff, now=NOW)
    decide(request, outcome="approved", by=outsider, now=NOW)
    assert decide(request, outcome="approved", by=reviewer, now=NOW).state == "approved"
    assert [one.name for one in routes.standing("new_app", "low").stages] == ["New"]


def test_a_route_set_by_two_at_once_is_set_once(staff):
    stages = [StageRules("Only", (person(staff),))]
    set_route("", "low", stages=stages, reason="First.", seen=0, by=staff, now=NOW)
    with pytest.raises(InvalidTransition, match="Somebody set this route"):
        set_route("", "low", stages=stages, reason="Second.", seen=0, by=staff, now=NOW)
    with pytest.raises(InvalidTransition, match="nobody would decide"):
        set_route("", "low", stages=[], reason="None.", seen=1, by=staff, now=NOW)


def test_a_kind_gives_its_own_route_back(owner, second_owner, outsider, staff):
    ask(owner, second_owner, person(outsider))
    set_route("new_app", "low", stages=[], reason="As all.", seen=1, by=staff, now=NOW)
    assert routes.standing("new_app", "low").version is None


def test_whoever_approved_a_stage_has_no_say_in_the_next_though_their_role_is_named(owner, second_owner, reviewer):
    reviewers = (Approver(Who.ROLE, Role.REVIEWER),)
    request = ask(owner, second_owner, *reviewers, more=[StageRules("Again", reviewers)])
    other = make_person("Nadia Brandt", Role.REVIEWER)
    decide(request, outcome="approved", by=reviewer, now=NOW)
    with pytest.raises(PermissionDenied, match="not one of those who decide"):
        decide(request, outcome="approved", by=reviewer, now=NOW)
    assert not request.decisions.filter(is_override=True).exists()
    assert decide(request, outcome="approved", by=other, now=NOW).state == "approved"


def test_handing_on_moves_the_question(owner, second_owner, outsider, reviewer):
    request = ask(owner, second_owner, person(outsider))
    hand_on(request, to=reviewer, reason="She knows the host.", by=outsider, now=NOW)
    assert asked_now(request) == {(reviewer.name, "handed")}
    with pytest.raises(PermissionDenied):
        decide(request, outcome="approved", by=outsider, now=NOW)
    assert decide(request, outcome="approved", by=reviewer, now=NOW).decisions.get().on_behalf_of == outsider


@pytest.mark.parametrize("who", ["owner", "second_owner", "outsider"])
def test_it_is_not_handed_to_the_requester_a_party_or_oneself(request, owner, second_owner, outsider, who):
    asked = ask(owner, second_owner, person(outsider))
    with pytest.raises(InvalidTransition):
        hand_on(asked, to=request.getfixturevalue(who), reason="You.", by=outsider, now=NOW)
    assert asked_now(asked) == {(outsider.name, "route")}


def test_staff_decide_instead_with_a_reason_that_stays(owner, second_owner, outsider, staff):
    request = ask(owner, second_owner, person(outsider), more=[StageRules("Later", (person(outsider),))])
    with pytest.raises(PermissionDenied):
        decide(request, outcome="approved", by=staff, now=NOW)
    override(request, outcome="approved", reason="The shop opens tomorrow.", by=staff, now=NOW)
    request.refresh_from_db()
    assert (request.state, request.decided_by) == ("approved", staff)
    assert request.decisions.get().is_override
    assert AuditEvent.objects.get(verb="approvals.request_overridden").reason == "The shop opens tomorrow."


@pytest.mark.parametrize("who", ["owner", "reviewer", "board_member", "auditor"])
def test_nobody_else_overrides(request, owner, second_owner, outsider, who):
    asked = ask(owner, second_owner, person(outsider))
    with pytest.raises(PermissionDenied):
        override(asked, outcome="approved", reason="Now.", by=request.getfixturevalue(who), now=NOW)


def test_staff_never_override_their_own(second_owner, outsider, staff):
    asked = ask(staff, second_owner, person(outsider))
    with pytest.raises(PermissionDenied):
        override(asked, outcome="approved", reason="Now.", by=staff, now=NOW)


def test_what_is_late_is_reminded_shared_and_escalated_once(owner, second_owner, outsider, staff):
    boss = make_person("Ingrid Halvorsen")
    outsider.manager = boss
    outsider.save(update_fields=["manager"])
    request = ask(owner, second_owner, person(outsider))
    attend_all(now=NOW + timedelta(hours=1))
    assert asked_now(request) == {(outsider.name, "route")}
    assert not Notification.objects.filter(kind="request_reminder").exists()
    for _turn in range(2):
        attend_all(now=NOW + DAY)
        assert Notification.objects.filter(kind="request_reminder").count() == 1
    for _turn in range(2):
        attend_all(now=NOW + 3 * DAY)  # a business day after it was due
        assert asked_now(request) == {(outsider.name, "route"), (boss.name, "time_out")}
    attend_all(now=NOW + 7 * DAY)
    assert asked_now(request) == {(outsider.name, "route"), (boss.name, "time_out"), (staff.name, "escalation")}
    assert AuditEvent.objects.filter(verb="approvals.stage_escalated").count() == 1
    assert decide(request, outcome="approved", by=staff, now=NOW + 7 * DAY).state == "approved"


def test_attending_what_was_decided_changes_nothing(owner, second_owner, outsider):
    request = ask(owner, second_owner, person(outsider))
    decide(request, outcome="approved", by=outsider, now=NOW)
    attend(request, now=NOW + 30 * DAY)
    assert not Notification.objects.filter(kind="request_reminder").exists()


def test_somebody_who_gets_the_role_later_is_asked_and_may_answer(owner, second_owner, reviewer):
    request = ask(owner, second_owner, Approver(Who.ROLE, Role.REVIEWER))
    late = make_person("Nadia Brandt", Role.REVIEWER)
    assert decide(request, outcome="returned", reason="Why?", by=late, now=NOW).state == "returned"
    other = ask(owner, second_owner, Approver(Who.ROLE, Role.REVIEWER), name="Other")
    later = make_person("Oskar Weiss", Role.REVIEWER)
    attend(other, now=NOW)
    assert (later.name, "route") in asked_now(other)


def test_a_condition_goes_with_the_approval(owner, second_owner, outsider):
    request = ask(owner, second_owner, person(outsider))
    terms = Terms("Name a data steward.", NOW.date() + 30 * DAY)
    decide(request, outcome="approved", terms=terms, by=outsider, now=NOW)
    told = Notification.objects.get(user=owner, kind="request_approved_if")
    assert told.params["condition"] == "Name a data steward."
    assert Condition.objects.standing().get().until == terms.until


@pytest.mark.django_db(transaction=True)
def test_of_everyone_at_once_each_answer_counts_once(owner, second_owner, three):
    for turn in range(8):
        request = ask(owner, second_owner, *map(person, three), mode="everyone", name=f"App {turn}")
        results = race(
            *(lambda one=one, request=request: decide(request, outcome="approved", by=one, now=NOW) for one in three)
        )
        assert [type(one).__name__ for one in results] == ["ApprovalRequest"] * 3
        request.refresh_from_db()
        assert (request.state, request.decisions.count()) == ("approved", 3)
