"""The pages on which something is asked of an app."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from approvals.actions.decisions import decide
from approvals.models import ApprovalRequest
from catalog.actions import archives, connector_proposals
from catalog.actions.proposals import propose
from catalog.forms.micro_apps import standing_values
from catalog.models import Connector, MicroApp, Proposal
from catalog.states import AppState
from tests.makers.catalog import make_app
from tests.makers.usage import report

pytestmark = pytest.mark.django_db


@pytest.fixture
def app(owner, second_owner):
    return make_app(owner=owner, second_owner=second_owner, now=timezone.now())


@pytest.fixture
def as_owner(client, owner):
    client.force_login(owner)
    return client


def page(name, app):
    return reverse(f"catalog:{name}", args=[app.slug])


def form_of(app, **changes):
    standing = standing_values(app)
    plain = {
        name: getattr(app, name)
        for name in (
            "name", "purpose", "justification", "contact", "data_classification", "audience_size", "sla_tier",
            "lifespan_days",
        )
    }  # fmt: skip
    people = {"owner": app.owner.email, "second_owner": app.second_owner.email}
    lists = {"hosts": "", "apps": "", "needs_nothing": "on"}
    rest = {"business_unit": app.business_unit.code, "cost_centre": app.cost_centre.code}
    return {**plain, **people, **lists, **rest, "seen_at": standing["seen_at"], **changes}


def test_a_material_change_needs_a_reason_and_becomes_a_request(as_owner, app):
    more = {"hosts": "api.example.org", "needs_nothing": "", "purpose": "Also at night."}
    answer = as_owner.post(page("micro_app_edit", app), form_of(app, **more))
    assert answer.status_code == 422 and "Say why; a reviewer decides" in answer.content.decode()
    answer = as_owner.post(page("micro_app_edit", app), form_of(app, **more, change_reason="The night shift joins."))
    asked = ApprovalRequest.objects.get(kind="change")
    assert (answer.status_code, answer.url) == (303, asked.get_absolute_url())
    app.refresh_from_db()
    assert app.purpose == "Also at night." and not app.hosts.exists()
    assert asked.get_absolute_url() in as_owner.get(app.get_absolute_url()).content.decode()


def test_a_second_material_change_waits_and_loses_no_word(as_owner, app):
    more = {"hosts": "api.example.org", "needs_nothing": "", "change_reason": "The night shift joins."}
    as_owner.post(page("micro_app_edit", app), form_of(app, **more))
    app.refresh_from_db()
    again = form_of(app, **{**more, "hosts": "b.example.org", "purpose": "My new words."})
    answer = as_owner.post(page("micro_app_edit", app), again)
    assert answer.status_code == 409
    assert "asked already" in answer.content.decode() and "My new words." in answer.content.decode()
    assert Proposal.objects.get().values == {"hosts": ["api.example.org"]}


def test_what_was_sent_back_leads_the_owner_to_where_it_is_changed(as_owner, app, reviewer):
    post = {"last_day": timezone.localdate().isoformat(), "reason": "Rests."}
    assert as_owner.post(page("exemption_create", app), post).status_code == 303
    asked = ApprovalRequest.objects.get(kind="exemption")
    decide(asked, outcome="returned", reason="Until when?", by=reviewer, now=timezone.now())
    assert page("exemption_create", app) in as_owner.get(asked.get_absolute_url()).content.decode()
    assert "Rests." in as_owner.get(page("exemption_create", app)).content.decode()


@pytest.mark.parametrize(("amount", "asks"), [("400", False), ("4000", True)])
def test_a_budget_holds_at_once_or_is_asked(as_owner, app, amount, asks):
    assert as_owner.post(page("budget_create", app), {"amount": amount, "reason": "Licences."}).status_code == 303
    assert Proposal.objects.exists() is asks
    assert MicroApp.objects.get().monthly_budget == (None if asks else 400)


@pytest.mark.parametrize(
    ("name", "post"),
    [
        ("budget_create", {"amount": "-1", "reason": "x"}),
        ("budget_create", {"amount": "10"}),
        ("exemption_create", {"last_day": "2020-01-01", "reason": "x"}),
        ("exemption_create", {"last_day": "9999-12-31", "reason": "x"}),
        ("exemption_create", {"reason": "x"}),
    ],
)
def test_bad_input_is_sent_back(as_owner, app, name, post):
    assert as_owner.post(page(name, app), post).status_code == 422
    assert not Proposal.objects.exists()


def test_anybody_may_ask_to_take_an_app_over_but_not_alone(client, app, outsider, second_owner):
    client.force_login(outsider)
    url = page("ownership_create", app)
    assert client.post(url, {"second_owner": outsider.email, "reason": "Mine."}).status_code == 422
    assert client.post(url, {"second_owner": second_owner.email, "reason": "I use it daily."}).status_code == 303
    assert Proposal.objects.get().values == {"owner": outsider.email, "second_owner": second_owner.email}
    assert client.post(page("budget_create", app), {"amount": "1", "reason": "x"}).status_code == 403


def test_beyond_the_limit_the_renewal_page_asks(as_owner, owner, second_owner):
    long_ago = timezone.now() - timedelta(days=200)
    app = make_app(owner=owner, second_owner=second_owner, now=long_ago)
    MicroApp.objects.update(unused_renewals=2, expires_on=timezone.localdate())
    report(app, users=0, now=timezone.now(), days=300)
    text = as_owner.get(page("renewal_create", app)).content.decode()
    assert "A reviewer decides this one" in text
    post = {"days": "90", "reason": "Stock-taking.", "confirmed": "on", "term_end": timezone.localdate().isoformat()}
    assert as_owner.post(page("renewal_create", app), post).status_code == 303
    assert Proposal.objects.get().kind == "renewal" and not app.renewals.exists()
    assert "asked, and with the reviewers" in as_owner.get(page("renewal_create", app)).content.decode()


def test_the_plain_restore_stays_one_click(as_owner, app, owner):
    archives.archive(app, by=owner, now=timezone.now(), reason="The season is over.")
    assert as_owner.post(page("restoration_create", app)).status_code == 303
    assert MicroApp.objects.get().state == AppState.ACTIVE


CONNECTOR = {"name": "Weather", "summary": "Reads the forecast.", "data_classes": ["public"], "team": "Stores"}


def test_a_connector_is_proposed_decided_and_then_free_to_use(as_owner, owner, reviewer):
    assert as_owner.post(reverse("catalog:connector_proposal_create"), CONNECTOR).status_code == 303
    connector, asked = Connector.objects.get(), ApprovalRequest.objects.get(kind="connector")
    assert (connector.status, connector.proposed_by) == ("proposed", owner)
    edit = reverse("catalog:connector_proposal_edit", args=[connector.slug])
    assert as_owner.post(edit, CONNECTOR).status_code == 409
    decide(asked, outcome="returned", reason="Which host?", by=reviewer, now=timezone.now())
    assert as_owner.post(edit, {**CONNECTOR, "host": "api.weather.example"}).status_code == 303
    decide(asked, outcome="approved", by=reviewer, now=timezone.now())
    connector.refresh_from_db()
    assert (connector.status, connector.host) == ("approved", "api.weather.example")


def test_a_connector_that_is_refused_is_declined_with_the_reason(owner, reviewer):
    connector = connector_proposals.propose(by=owner, values=CONNECTOR, now=timezone.now())
    decide(ApprovalRequest.objects.get(), outcome="refused", reason="There is one.", by=reviewer, now=timezone.now())
    connector.refresh_from_db()
    assert (connector.status, connector.status_reason) == ("declined", "There is one.")


@pytest.mark.parametrize("kind", ["change", "renewal", "ownership", "spend", "exemption"])
def test_every_kind_is_granted_on_the_decision_page(client, app, owner, second_owner, outsider, reviewer, kind):
    values = {
        "change": {"hosts": ["api.example"], "connectors": [], "data_classification": "confidential"},
        "renewal": {"days": 90, "term_end": app.expires_on.isoformat()},
        "ownership": {"owner": outsider.email, "second_owner": second_owner.email},
        "spend": {"amount": 900},
        "exemption": {"last_day": "2099-01-01"},
    }[kind]
    by = outsider if kind == "ownership" else owner
    asked = propose(app, kind=kind, values=values, reason="Because.", by=by, now=timezone.now())
    client.force_login(reviewer)
    assert client.get(asked.request.get_absolute_url()).status_code == 200
    url = reverse("approvals:decision_create", args=[asked.request_id])
    assert client.post(url, {"outcome": "approved", "revision": 1}).status_code == 303
    asked.refresh_from_db()
    assert asked.was_done
