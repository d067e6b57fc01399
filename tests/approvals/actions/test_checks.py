"""Policies on real apps: what is stored, what is skipped, and how violations follow."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from approvals.actions import impacts, policies, policy_versions, starters
from approvals.actions.checks import check_things
from approvals.models import ApprovalRequest, Policy, PolicyCheck, PolicyStanding, Violation
from approvals.models.policy_check import Cause
from approvals.tasks.checks import nightly
from catalog.actions import archives, restorations, submissions
from catalog.actions.submissions import SOURCE
from catalog.models import ConnectorUse, MicroApp
from catalog.states import AppState
from portal import jobs
from portal.models import AuditEvent, Job, Notification
from portal.models.user import Role
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, make_app, make_connector
from tests.makers.portal import make_person
from tests.racing import race

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


@pytest.fixture
def policy(db):
    starters.load(now=NOW)
    return Policy.objects.select_related("active").get(slug="data-class-by-connector")


@pytest.fixture
def enforced(policy, staff):
    return put_in_force(policy, staff, "enforce")


def put_in_force(policy, staff, mode):
    version = draft(policy, staff, mode)
    policy_versions.test(version, by=staff, now=NOW)
    impacts.analyse(version, by=staff, now=NOW)
    policy_versions.propose(version, by=staff, now=NOW)
    other = make_person(f"Second {mode}", Role.STAFF)
    policy_versions.activate(version, by=other, now=NOW)
    return Policy.objects.select_related("active").get(pk=policy.pk)


def draft(policy, staff, mode="enforce", **changes):
    text = {"modules": policy.active.modules, "data": policy.active.data, "found": policy.active.cases, **changes}
    return policy_versions.write(policy, **text, mode=mode, note="Stricter.", by=staff, now=NOW)


@pytest.fixture
def bad_app(owner, second_owner):
    """Handles personal data over a connector that may not carry it; in the catalog since before the policy."""
    app = make_app(owner=owner, second_owner=second_owner)
    ConnectorUse.objects.create(app=app, connector=make_connector())
    MicroApp.objects.update(data_classification="personal")
    app.refresh_from_db()
    return app


def check(policy, *apps, now=NOW):
    ids = [app.pk for app in apps]
    return check_things(SOURCE, ids, policies=[policy], cause=Cause.NIGHTLY, now=now)


def test_shipped_policies_only_warn_and_are_never_put_twice(policy):
    assert set(Policy.objects.values_list("mode", flat=True)) == {"warn"}
    assert starters.load(now=NOW) == []
    assert policy.active.tests_pass and policy.active.activated_by is None


def test_a_request_keeps_what_the_policies_said_and_weighs_it(policy, owner, second_owner):
    app = make_app(owner=owner, second_owner=second_owner, state=AppState.DRAFT, data_classification="personal")
    ConnectorUse.objects.create(app=app, connector=make_connector())
    from_draft = submissions.submit(app, by=owner, now=NOW)
    assert set(from_draft.checks.values_list("version__policy__slug", "result")) == {
        ("data-class-by-connector", "fail"), ("external-hosts", "pass"), ("secrets-in-manifest", "pass"),
        ("sbom-required", "fail"), ("blocked-packages", "pass"), ("cost-centre-and-tags", "pass"),
    }  # fmt: skip
    found = from_draft.assessments.get()
    assert {factor["key"] for factor in found.factors} == {"data_personal", "warning", "uncertified"}
    assert (from_draft.tier, found.points, found.weights_version) == ("medium", 5, 0)
    assert not Violation.objects.exists()  # a draft violates nothing


def test_a_live_app_that_fails_opens_one_violation_and_closes_it_when_it_passes(enforced, bad_app, owner, second_owner):
    check(enforced, bad_app)
    violation = Violation.objects.get()
    assert (violation.state, violation.owner, violation.due_at) == ("open", owner, NOW + timedelta(days=5))
    assert "may not carry personal data" in violation.reasons[0]
    assert set(Notification.objects.filter(kind="violation_opened").values_list("user", flat=True)) == {
        owner.pk, second_owner.pk,
    }  # fmt: skip
    check(enforced, bad_app, now=LATER)
    assert Violation.objects.count() == 1
    MicroApp.objects.update(data_classification="internal")
    check(enforced, bad_app, now=LATER)
    violation.refresh_from_db()
    assert (violation.state, violation.remediation_time) == ("closed", timedelta(days=3))
    assert not Notification.objects.filter(kind="violation_opened", closed_at=None).exists()
    MicroApp.objects.update(data_classification="personal")
    check(enforced, bad_app, now=LATER)
    assert list(Violation.objects.order_by("pk").values_list("state", flat=True)) == ["closed", "open"]


def test_a_policy_that_only_warns_opens_nothing(policy, bad_app):
    check(policy, bad_app)
    assert PolicyStanding.objects.get(policy=policy).result == "fail"
    assert not Violation.objects.exists()


def test_made_milder_by_one_person_its_violations_close(enforced, bad_app, staff):
    check(enforced, bad_app)
    policies.turn_down(enforced, mode="warn", reason="It stops the shop.", by=staff, now=LATER)
    assert jobs.drain() >= 1
    assert Violation.objects.get().state == "closed"
    with pytest.raises(InvalidTransition, match="not stricter"):
        policies.turn_down(enforced, mode="enforce", reason="Back.", by=staff, now=LATER)


def test_an_archived_app_violates_nothing_and_its_restore_is_asked_for(enforced, bad_app, owner):
    check(enforced, bad_app)
    archives.archive(bad_app, by=owner, now=LATER, reason="The season is over.")
    check(enforced, bad_app, now=LATER + timedelta(hours=1))
    assert Violation.objects.get().state == "closed"
    with pytest.raises(InvalidTransition, match="Data class by connector"):
        restorations.restore(bad_app, by=owner, now=LATER + timedelta(hours=2))


def test_what_has_not_changed_is_not_evaluated_again(enforced, bad_app):
    assert check(enforced, bad_app) == 1
    assert check(enforced, bad_app, now=LATER) == 0
    MicroApp.objects.update(audience_size=41)
    assert check(enforced, bad_app, now=LATER) == 1
    assert PolicyCheck.objects.filter(cause="nightly").count() == 2


@pytest.mark.parametrize("count", [1, 50])
def test_checking_costs_the_same_queries_however_many(policy, owner, second_owner, django_assert_num_queries, count):
    apps = [make_app(f"App {number}", owner=owner, second_owner=second_owner) for number in range(count)]
    with django_assert_num_queries(16):
        assert check(policy, *apps) == count


def test_the_nightly_check_looks_at_everything_once_a_day(enforced, bad_app):
    assert nightly(now=LATER)
    assert not nightly(now=LATER)
    assert Job.objects.filter(name="approvals.recheck_all").count() == 1
    jobs.drain()
    assert Violation.objects.get().subject_id == bad_app.pk


@pytest.mark.django_db(transaction=True)
def test_two_checks_at_once_open_one_violation(enforced, bad_app):
    race(lambda: check(enforced, bad_app), lambda: check(enforced, bad_app))
    assert Violation.objects.count() == 1


def test_impact_lists_exactly_who_would_change(policy, bad_app, owner, second_owner, staff):
    fine = make_app("Fine", owner=owner, second_owner=second_owner)
    source = policy.active.modules["policy.rego"].replace('connector.status == "approved"', "false")
    version = draft(policy, staff, modules={"policy.rego": source})
    found = impacts.analyse(version, by=staff, now=NOW)
    assert (found.total, found.newly_fails, found.newly_passes, found.still_fails) == (2, 0, 1, 0)
    assert [item.subject_id for item in found.items.all()] == [bad_app.pk]
    assert fine.pk != bad_app.pk


def test_a_version_needs_tests_impact_and_a_second_person(policy, staff):
    version = draft(policy, staff, found=[])
    with pytest.raises(InvalidTransition, match="no test case"):
        policy_versions.propose(version, by=staff, now=NOW)
    version = draft(policy, staff)
    with pytest.raises(InvalidTransition, match="have not been run"):
        policy_versions.propose(version, by=staff, now=NOW)
    policy_versions.test(version, by=staff, now=NOW)
    with pytest.raises(InvalidTransition, match="impact"):
        policy_versions.propose(version, by=staff, now=NOW)
    impacts.analyse(version, by=staff, now=NOW)
    version = policy_versions.propose(version, by=staff, now=NOW)
    with pytest.raises(PermissionDenied, match="Somebody else"):
        policy_versions.activate(version, by=staff, now=NOW)
    with pytest.raises(InvalidTransition, match="proposed already"):
        draft(policy, staff)
    other = make_person("Otto Vance", Role.STAFF)
    policy_versions.activate(version, by=other, now=NOW)
    states = Policy.objects.get(pk=policy.pk).versions.values_list("number", "state")
    assert list(states) == [(2, "active"), (1, "replaced")]


def test_a_case_that_does_not_end_as_expected_keeps_it_out(policy, staff):
    version = draft(policy, staff, found=[{"name": "Wrong", "denials": ["never"]}])
    policy_versions.test(version, by=staff, now=NOW)
    with pytest.raises(InvalidTransition, match="does not end as expected"):
        policy_versions.propose(version, by=staff, now=NOW)


@pytest.mark.parametrize("who", ["owner", "reviewer", "board_member", "auditor"])
def test_only_staff_keep_policies(request, policy, who):
    with pytest.raises(PermissionDenied):
        draft(policy, request.getfixturevalue(who))


def test_every_step_is_in_the_audit_log(enforced):
    verbs = set(AuditEvent.objects.filter(subject_kind="approvals.policy").values_list("verb", flat=True))
    assert verbs >= {
        "approvals.version_written", "approvals.version_tested", "approvals.version_proposed",
        "approvals.version_activated", "approvals.version_shipped",
    }  # fmt: skip
    assert not ApprovalRequest.objects.exists()
