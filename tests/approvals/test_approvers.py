"""Who is asked: the rules of a stage, absences and delegation in one table, then the same through the database."""

from datetime import timedelta

import pytest

from approvals import routes
from approvals.actions import stages
from approvals.actions.decisions import decide
from approvals.approvers import Company, seated
from approvals.models import ApproverGroup, Assignment, RouteVersion
from approvals.models.request_stage import Source
from approvals.stage_rules import Approver, StageRules, Who
from catalog.actions.submissions import submit
from catalog.states import AppState
from portal.models import Absence, BusinessUnit, User
from portal.models.user import Role
from tests.makers.catalog import NOW, make_app
from tests.makers.portal import make_person

ANN, BOB, CID, DEE, EVA, C4E, MAX = 1, 2, 3, 4, 5, 8, 9
MANAGERS = {ANN: MAX, BOB: MAX, CID: MAX, DEE: EVA, EVA: None, C4E: None, MAX: None}


def company(away=(), stand_ins=None):
    return Company(people=set(MANAGERS), c4e=[C4E], away=set(away), stand_ins=stand_ins or {}, managers=MANAGERS)


CASES = [
    # named, barred, away, stand-ins, seats
    ("everyone is there", [ANN, BOB], [], [], {}, [(ANN, "route", None), (BOB, "route", None)]),
    ("named twice sits once", [ANN, ANN], [], [], {}, [(ANN, "route", None)]),
    ("the requester is never asked", [ANN, BOB], [ANN], [], {}, [(BOB, "route", None)]),
    ("nor gives the seat away", [ANN], [ANN], [ANN], {ANN: BOB}, [(C4E, "nobody", None)]),
    ("a stand-in shares the seat", [ANN], [], [ANN], {ANN: BOB}, [(ANN, "route", None), (BOB, "absence", ANN)]),
    (
        "who delegates to the requester gets the manager",
        [ANN],
        [BOB],
        [ANN],
        {ANN: BOB},
        [(ANN, "route", None), (MAX, "absence", ANN)],
    ),
    (
        "a stand-in who is named answers for themselves only",
        [ANN, BOB],
        [],
        [ANN],
        {ANN: BOB},
        [(ANN, "route", None), (BOB, "route", None), (MAX, "absence", ANN)],
    ),
    (
        "one stand-in for two takes one seat",
        [ANN, CID],
        [],
        [ANN, CID],
        {ANN: BOB, CID: BOB},
        [(ANN, "route", None), (CID, "route", None), (BOB, "absence", ANN), (MAX, "absence", CID)],
    ),
    (
        "without a stand-in the manager",
        [DEE],
        [],
        [DEE],
        {},
        [(DEE, "route", None), (EVA, "absence", DEE)],
    ),
    (
        "when nobody named is there the C4E is asked too",
        [DEE],
        [],
        [DEE, EVA],
        {},
        [(DEE, "route", None), (C4E, "nobody", None)],
    ),
    ("nobody named: the C4E", [], [], [], {}, [(C4E, "nobody", None)]),
    ("the C4E may not: nobody", [], [C4E], [], {}, []),
    ("somebody who left is not asked", [77], [], [], {}, [(C4E, "nobody", None)]),
]


@pytest.mark.parametrize(
    ("named", "barred", "away", "stand_ins", "seats"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_seats(named, barred, away, stand_ins, seats):
    found = seated(named, barred, company(away, stand_ins))
    assert [(one.user, one.source, one.on_behalf_of) for one in found] == seats


def ask(owner, second_owner, *approvers, mode="first", quorum=1, more=(), **fields):
    """A request on a route of one stage with these approvers, and `more` stages after it."""
    first = StageRules("Look", tuple(approvers), mode=mode, quorum=quorum)
    number = RouteVersion.objects.filter(kind="new_app", tier="low").count() + 1
    RouteVersion.objects.create(
        kind="new_app",
        tier="low",
        number=number,
        stages=[stage.as_json() for stage in (first, *more)],
        reason="A test.",
        by=second_owner,
    )
    app = make_app(owner=owner, second_owner=second_owner, state=AppState.DRAFT, **fields)
    return submit(app, by=owner, now=NOW)


def asked_now(request):
    return {(one.user.name, one.source) for one in stages.unanswered(request)}


def person(user):
    return Approver(Who.PERSON, str(user.pk))


@pytest.mark.django_db
class TestNamed:
    def test_a_person_a_role_and_a_group(self, owner, second_owner, outsider, reviewer, board_member):
        group = ApproverGroup.objects.create(slug="legal", name="Legal")
        group.members.add(board_member)
        request = ask(
            owner, second_owner, person(outsider), Approver(Who.ROLE, Role.REVIEWER), Approver(Who.GROUP, "legal")
        )
        assert asked_now(request) == {(one.name, "route") for one in (outsider, reviewer, board_member)}

    def test_the_manager_of_the_requester_or_the_next_above(self, owner, second_owner, manager):
        assert asked_now(ask(owner, second_owner, Approver(Who.REQUESTER_MANAGER))) == {(manager.name, "route")}
        boss = make_person("Ingrid Halvorsen")
        User.objects.filter(pk=manager.pk).update(manager=boss)
        request = ask(owner, manager, Approver(Who.REQUESTER_MANAGER), name="Other")  # the manager is second owner
        assert asked_now(request) == {(boss.name, "route")}

    def test_the_lead_of_the_unit_or_of_the_one_above(self, owner, second_owner, outsider, staff):
        top = BusinessUnit.objects.create(name="Top", code="top", lead=outsider)
        unit = BusinessUnit.objects.create(name="Shop", code="shop", parent=top, lead=owner)
        request = ask(owner, second_owner, Approver(Who.UNIT_LEAD), business_unit=unit)
        assert asked_now(request) == {(outsider.name, "route")}

    def test_the_manager_of_whoever_approved_before(self, owner, second_owner, outsider):
        boss = make_person("Ingrid Halvorsen")
        User.objects.filter(pk=outsider.pk).update(manager=boss)
        second = StageRules("Above", (Approver(Who.PREVIOUS_MANAGER),))
        request = ask(owner, second_owner, person(outsider), more=[second])
        decide(request, outcome="approved", by=outsider, now=NOW)
        assert asked_now(request) == {(boss.name, "route")}

    def test_whoever_approved_before_is_not_asked_again_unless_nobody_else_is_left(
        self, owner, second_owner, reviewer, staff
    ):
        again = StageRules("Again", (person(reviewer), person(staff)))
        request = ask(owner, second_owner, person(reviewer), more=[again])
        decide(request, outcome="approved", by=reviewer, now=NOW)
        assert asked_now(request) == {(staff.name, "route")}
        User.objects.filter(pk=staff.pk).update(is_active=False)
        alone = ask(owner, second_owner, person(reviewer), more=[StageRules("Again", (person(reviewer),))], name="Two")
        decide(alone, outcome="approved", by=reviewer, now=NOW)
        assert asked_now(alone) == {(reviewer.name, "route")}

    def test_an_empty_group_asks_the_c4e_and_says_so(self, owner, second_owner, staff):
        request = ask(owner, second_owner, Approver(Who.GROUP, "nobody-yet"))
        assert asked_now(request) == {(staff.name, "nobody")}

    def test_the_delegate_of_an_absent_approver_answers_in_their_place(self, owner, second_owner, reviewer, outsider):
        day = NOW.date()
        Absence.objects.create(user=reviewer, starts_on=day, ends_on=day + timedelta(days=3), delegate=outsider)
        request = ask(owner, second_owner, person(reviewer))
        assert asked_now(request) == {(reviewer.name, "route"), (outsider.name, "absence")}
        decided = decide(request, outcome="approved", by=outsider, now=NOW)
        assert decided.state == "approved"
        assert decided.decisions.get().on_behalf_of == reviewer

    def test_a_delegation_to_the_requester_gives_no_seat(self, owner, second_owner, reviewer, staff):
        day = NOW.date()
        Absence.objects.create(user=reviewer, starts_on=day, ends_on=day, delegate=owner)
        request = ask(owner, second_owner, person(reviewer))
        assert not Assignment.objects.filter(user=owner).exists()
        assert asked_now(request) == {(reviewer.name, "route"), (staff.name, Source.NOBODY)}

    def test_the_person_behind_a_service_never_sits(self, second_owner, reviewer, staff):
        robot = make_person("Store robot", is_service=True, steward=reviewer)
        request = ask(robot, second_owner, person(reviewer))
        assert asked_now(request) == {(staff.name, "nobody")}


def test_shipped_routes_ask_one_for_low_and_three_for_high():
    assert [len(routes.shipped(tier)) for tier in ("low", "medium", "high")] == [1, 1, 3]
