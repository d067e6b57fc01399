"""The policy of the article our user wants implemented: as printed, and in today's Rego."""

import pytest

from approvals.engine.cases import BASE, merged
from approvals.engine.embedded import Embedded
from approvals.engine.inputs import evaluate
from approvals.engine.interface import Module, PolicyError, PolicySet


def policy(source):
    return PolicySet((Module("t.rego", source),))


@pytest.fixture(scope="module")
def engine():
    made = Embedded()
    yield made
    made.close()


ARTICLE = """package microapp.policy
allowed_hosts = {"internal.api.company.com", "api.sanctioned-saas.com"}
deny[reason] {
input.request.hosts[_] = host
not host in allowed_hosts
reason = sprintf("external host not allowed: %s", [host])
}
"""
ARTICLE_V1 = """package microapp.policy

import rego.v1

allowed_hosts := {"internal.api.company.com", "api.sanctioned-saas.com"}

deny contains reason if {
	some host in input.request.hosts
	not host in allowed_hosts
	reason := sprintf("external host not allowed: %s", [host])
}
"""


def test_the_article_as_printed_gets_told_what_to_change(engine):
    with pytest.raises(PolicyError) as refused:
        engine.check(policy(ARTICLE))
    sentence = refused.value.sentence
    assert "t.rego, line 3" in sentence and "deny contains reason if {" in sentence and "import rego.v1" in sentence


@pytest.mark.parametrize(
    ("asked", "passes"),
    [
        ({"hosts": ["api.sanctioned-saas.com"]}, True),
        ({"hosts": []}, True),
        ({"hosts": ["evil.example"]}, False),
        ({"hosts": "evil.example"}, False),
        ({"hosts": None}, False),
    ],
)
def test_the_article_in_todays_rego_denies_what_it_should(engine, asked, passes):
    document = merged(BASE, {"request": asked})
    assert evaluate(engine, policy(ARTICLE_V1), [document])[0].passed is passes


def test_a_missing_list_of_hosts_denies_and_does_not_slip_through(engine):
    document = {**BASE, "request": {"connectors": [], "apps": []}}
    found = evaluate(engine, policy(ARTICLE_V1), [document, BASE])
    assert [one.passed for one in found] == [False, True]
    assert "hosts" in found[0].reasons[0]
