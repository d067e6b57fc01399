"""A policy from the first word to being in force, through the pages, by two people; and what goes wrong on the way."""

import pytest
from django.urls import reverse
from zeal import zeal_ignore

from approvals.actions import starters
from approvals.models import Impact, Policy, PolicyVersion, Violation
from portal import jobs
from portal.models import Job
from portal.models.user import Role
from tests.makers.catalog import NOW, make_app
from tests.makers.portal import make_person

pytestmark = pytest.mark.django_db
RULE = """package trellis.hosts

import rego.v1

deny contains msg if {
    some host in input.request.hosts
    not host in data.allowed
    msg := sprintf("The host %s is not allowed.", [host])
}
"""
OLD_RULE = """package trellis.hosts

deny[msg] {
    host := input.request.hosts[_]
    msg := host
}
"""
CASES = """
- name: No host passes
- name: An unknown host is denied
  input: {request: {hosts: [api.partner.example]}}
  denials: ["The host api.partner.example is not allowed."]
"""


def url(name, *args):
    return reverse(f"approvals:{name}", args=args)


def draft(rule=RULE, cases=CASES, document="allowed: [api.example.org]", **more):
    return {
        "files-TOTAL_FORMS": 2,
        "files-INITIAL_FORMS": 0,
        "files-0-name": "hosts.rego",
        "files-0-source": rule,
        "files-1-name": "",
        "files-1-source": "",
        "document": document,
        "cases": cases,
        "mode": "enforce",
        "note": "Only known hosts.",
        "test": "1",
        **more,
    }


@pytest.fixture
def made(client, staff):
    client.force_login(staff)
    data = {"title": "Known hosts", "slug": "known-hosts", "summary": "Only hosts we know.", "severity": "high"}
    assert client.post(url("policy_create"), data).status_code == 303
    return Policy.objects.get()


def step(client, policy, name, number=1, **data):
    return client.post(url(f"policy_{name}_create", policy.slug, number), data)


def work_off():
    """What a worker does with the jobs that stand."""
    for job in Job.objects.filter(state="open"):
        with zeal_ignore():
            jobs.run(job.pk)


def test_from_the_first_word_to_a_violation(client, made, staff, owner, second_owner):
    app = make_app(owner=owner, second_owner=second_owner)
    app.hosts.create(host="api.partner.example")
    edit = url("policy_draft_edit", made.slug)
    assert "package trellis.known_hosts" in client.get(edit).content.decode()
    assert client.post(edit, draft()).status_code == 303
    version = PolicyVersion.objects.get()
    assert version.tests_pass
    assert step(client, made, "proposal").status_code == 409  # its impact is not known
    step(client, made, "impact")
    work_off()
    impact = Impact.objects.get()
    assert (impact.newly_fails, impact.total) == (1, 1)
    listed = client.get(url("impact_detail", impact.pk)).content.decode()
    assert "The host api.partner.example is not allowed." in listed
    exported = b"".join(client.get(url("impact_export", impact.pk)).streaming_content).decode()
    assert "newly_fails" in exported
    assert step(client, made, "proposal").status_code == 303
    assert step(client, made, "activation").status_code == 403  # who wrote it does not put it in force
    client.force_login(make_person("Ben Clarke", Role.STAFF))
    assert "Put it in force" in client.get(version.get_absolute_url()).content.decode()
    assert step(client, made, "activation").status_code == 303
    work_off()
    made.refresh_from_db()
    assert (made.mode, made.active) == ("enforce", version)
    assert Violation.objects.get().subject_id == app.pk


def test_old_rego_is_saved_and_told_what_to_change(client, made):
    response = client.post(url("policy_draft_edit", made.slug), draft(OLD_RULE))
    page = response.content.decode()
    assert response.status_code == 422
    assert "hosts.rego, line 3" in page
    assert "import rego.v1" in page
    assert "The text is saved" in page
    assert PolicyVersion.objects.get().modules["hosts.rego"] == OLD_RULE


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"cases": "- denials: []"}, "has no name"),
        ({"cases": "a: b: c"}, "cannot be read as YAML"),
        ({"cases": "&a [*a]"}, "aliases"),
        ({"document": "[1, 2]"}, "group of fields"),
        ({"files-0-name": "../etc/passwd"}, "A file is called like hosts.rego"),
        ({"files-0-name": ""}, "Give this text a file name"),
        ({"note": ""}, "Say in a sentence what changes"),
        ({"mode": "off"}, "off"),
    ],
)
def test_what_is_not_well_formed_is_said_and_kept_in_the_form(client, made, changes, says):
    response = client.post(url("policy_draft_edit", made.slug), draft(**changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert "api.partner.example" in page or "cases" in changes
    assert not PolicyVersion.objects.exists()


def test_a_failing_case_keeps_it_from_being_proposed(client, made):
    client.post(url("policy_draft_edit", made.slug), draft(cases="- name: Wrong\n  denials: [Never.]\n"))
    page = client.get(PolicyVersion.objects.get().get_absolute_url()).content.decode()
    assert "ends otherwise" in page
    assert step(client, made, "proposal").status_code == 409


def test_two_writers_at_once_lose_nothing(client, made):
    edit = url("policy_draft_edit", made.slug)
    client.post(edit, draft())
    seen = client.get(edit).context["form"].initial["seen"]
    client.force_login(make_person("Ben Clarke", Role.STAFF))
    assert client.post(edit, draft(seen=seen, note="Mine.")).status_code == 303
    response = client.post(edit, draft(seen=seen, note="Also mine."))
    assert response.status_code == 409
    assert "Also mine." in response.content.decode()
    assert PolicyVersion.objects.get().note == "Mine."


def test_trying_it_stores_nothing(client, made):
    client.post(url("policy_draft_edit", made.slug), draft())
    denied = step(client, made, "trial", input="request: {hosts: [evil.example]}").content.decode()
    assert "The host evil.example is not allowed." in denied
    assert "It passes." in step(client, made, "trial", input="").content.decode()
    assert step(client, made, "trial", input="[1]").status_code == 422
    broken = step(client, made, "trial", input="request: {hosts: 7}").content.decode()
    assert "does not fit the input" in broken


def test_sent_back_with_a_reason_it_is_a_draft_again(client, made):
    client.post(url("policy_draft_edit", made.slug), draft())
    step(client, made, "impact")
    work_off()
    step(client, made, "proposal")
    assert client.post(url("policy_draft_edit", made.slug), draft()).status_code == 409
    assert step(client, made, "send_back").status_code == 422
    assert step(client, made, "send_back", **{"back-reason": "Which hosts?"}).status_code == 303
    assert PolicyVersion.objects.get().state == "draft"
    assert step(client, made, "discard").status_code == 303
    assert step(client, made, "discard").status_code == 409


def test_one_person_makes_it_milder_at_once_and_never_stricter(client, staff):
    starters.load(now=NOW, mode="enforce")
    policy = Policy.objects.get(slug="external-hosts")
    client.force_login(staff)
    mode = url("policy_mode_create", policy.slug)
    assert client.post(mode, {"mode": "warn"}).status_code == 422
    assert client.post(mode, {"mode": "warn", "reason": "It stops the shops."}).status_code == 303
    assert client.post(mode, {"mode": "enforce", "reason": "Back."}).status_code == 422
    policy.refresh_from_db()
    assert policy.mode == "warn"


def test_a_version_shows_what_differs_from_the_one_in_force(client, staff):
    starters.load(now=NOW)
    policy = Policy.objects.select_related("active").get(slug="external-hosts")
    client.force_login(staff)
    name, source = next(iter(policy.active.modules.items()))
    changed = draft(source + "\n# One more line.\n", **{"files-0-name": name}, cases="- name: Fine\n")
    client.post(url("policy_draft_edit", policy.slug), changed)
    page = client.get(url("policy_version_detail", policy.slug, 2)).content.decode()
    assert "What differs from version 1" in page
    assert "# One more line." in page


@pytest.mark.parametrize("name", ["policy_create", "policy_import_create"])
def test_makers_read_policies_and_do_not_write_them(client, owner, name):
    client.force_login(owner)
    assert client.get(url(name)).status_code == 403
