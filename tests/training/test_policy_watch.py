"""A policy that changes: questions whose key it turns are named before, and holders are asked after."""

import pytest
from django.utils import timezone

from approvals.actions import impacts, policy_versions, starters
from approvals.models import Policy, PolicyVersion
from tests.makers.training import finish, make_certification, make_course
from training.models import Recertification

pytestmark = pytest.mark.django_db
BOUND = """- id: partner
  kind: true_false
  text: An app calls api.weather.example. This app passes the policy.
  policy: {slug: external-hosts, input: {request: {hosts: [api.weather.example]}}}
  explanation: The host is not agreed to.
- id: evil
  kind: true_false
  text: An app calls evil.example. This app passes the policy.
  policy: {slug: external-hosts, input: {request: {hosts: [evil.example]}}}
  explanation: The host is not agreed to.
"""


@pytest.fixture
def policy(owner) -> Policy:
    starters.load(now=timezone.now())
    course = make_course(questions=BOUND)
    make_certification(course, policies=["external-hosts"])
    finish(course, owner)
    return Policy.objects.select_related("active").get(slug="external-hosts")


def draft(policy: Policy, staff, **changes) -> PolicyVersion:
    """The text in force with other data, tested and measured."""
    text = policy.active
    values = {
        "modules": text.modules,
        "data": text.data,
        "found": text.cases,
        "mode": policy.mode,
        "note": "n",
    } | changes
    version = policy_versions.write(policy, by=staff, now=timezone.now(), **values)
    policy_versions.test(version, by=staff, now=timezone.now())
    impacts.analyse(version, by=staff, now=timezone.now())
    return PolicyVersion.objects.select_related("policy").get(pk=version.pk)


def with_host(policy: Policy) -> dict:
    return {
        "data": {**policy.active.data, "allowed_hosts": [*policy.active.data["allowed_hosts"], "api.weather.example"]}
    }


def activate(version: PolicyVersion, staff, second) -> None:
    policy_versions.propose(version, by=staff, now=timezone.now())
    policy_versions.activate(version, by=second, now=timezone.now())


def test_the_version_page_names_the_question_whose_answer_it_turns(client, policy, staff):
    version = draft(policy, staff, **with_host(policy))
    client.force_login(staff)
    page = client.get(f"/approvals/policies/external-hosts/versions/{version.number}/").content.decode()
    assert "The question partner of Basics would have another answer" in page
    assert "The question evil" not in page and "/console/courses/basics/questions/" in page


def test_in_force_it_asks_the_holders_once(policy, staff, admin):
    second = admin
    second.groups.add(*staff.groups.all())
    activate(draft(policy, staff, **with_host(policy)), staff, second)
    row = Recertification.objects.get()
    assert (row.cause_key, row.cause_number, len(row.questions)) == ("external-hosts", 2, 2)


def test_another_mode_alone_asks_nobody(policy, staff, admin):
    second = admin
    second.groups.add(*staff.groups.all())
    activate(draft(policy, staff, mode="enforce"), staff, second)
    assert not Recertification.objects.exists()
