"""Every kind: asked, sent back and asked again, granted, refused, withdrawn."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from approvals.actions.decisions import decide
from approvals.actions.requests import withdraw
from approvals.models import ApprovalRequest
from catalog.actions import archives, budgets, changes, hand_overs, restorations
from catalog.actions.proposals import propose
from catalog.actions.renewals import NeedsDecision, renew
from catalog.models import AppFact, MicroApp, Proposal
from catalog.models.proposal import ProposalKind
from catalog.states import AppState
from catalog.sweeps import engine
from portal.models import AuditEvent
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, make_app, make_connector
from tests.makers.usage import report

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(hours=2)
LAST_DAY = (NOW + timedelta(days=200)).date()


@pytest.fixture
def app(owner, second_owner):
    return make_app(owner=owner, second_owner=second_owner)


def values_of(kind, app, outsider):
    return {
        "change": {"hosts": ["api.example"]},
        "renewal": {"days": 90, "term_end": app.expires_on.isoformat()},
        "ownership": {"owner": outsider.email, "second_owner": app.second_owner.email},
        "spend": {"amount": 900},
        "exemption": {"last_day": LAST_DAY.isoformat()},
    }[kind]


KINDS = ["change", "renewal", "ownership", "spend", "exemption"]


def done(app, kind, outsider):
    app.refresh_from_db()
    return {
        "change": app.hosts.filter(host="api.example").exists(),
        "renewal": app.renewals.exists(),
        "ownership": app.owner_id == outsider.pk,
        "spend": app.monthly_budget == 900,
        "exemption": AppFact.objects.standing(SOON).filter(app=app, kind="exemption").exists(),
    }[kind]


def ask(app, kind, owner, outsider):
    by = outsider if kind == ProposalKind.OWNERSHIP else owner
    return propose(app, kind=kind, values=values_of(kind, app, outsider), reason="Because.", by=by, now=NOW)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_done_before_it_is_granted_and_then_at_once(app, owner, outsider, reviewer, kind):
    asked = ask(app, kind, owner, outsider)
    assert not done(app, kind, outsider)
    decide(asked.request, outcome="approved", by=reviewer, now=SOON)
    assert done(app, kind, outsider)
    asked.refresh_from_db()
    assert (asked.closed_at, asked.was_done) == (SOON, True)


@pytest.mark.parametrize("kind", KINDS)
def test_refused_or_withdrawn_nothing_is_done_and_it_may_be_asked_anew(app, owner, outsider, reviewer, kind):
    first = ask(app, kind, owner, outsider)
    decide(first.request, outcome="refused", reason="Not now.", by=reviewer, now=SOON)
    second = ask(app, kind, owner, outsider)
    withdraw(second.request, by=second.by, now=SOON)
    assert not done(app, kind, outsider)
    assert list(Proposal.objects.order_by("pk").values_list("closed_at", "was_done")) == [(SOON, False)] * 2
    assert ask(app, kind, owner, outsider).pk not in (first.pk, second.pk)


@pytest.mark.parametrize("kind", KINDS)
def test_sent_back_it_is_asked_again_in_the_same_request(app, owner, outsider, reviewer, kind):
    asked = ask(app, kind, owner, outsider)
    with pytest.raises(InvalidTransition, match="asked already"):
        ask(app, kind, owner, outsider)
    decide(asked.request, outcome="returned", reason="Say more.", by=reviewer, now=SOON)
    again = ask(app, kind, owner, outsider)
    assert (again.pk, again.request_id) == (asked.pk, asked.request_id)
    assert ApprovalRequest.objects.get(pk=asked.request_id).revision == 2
    decide(again.request, outcome="approved", by=reviewer, now=SOON)
    assert done(app, kind, outsider)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "ownership"])
def test_others_do_not_ask(app, outsider, kind):
    with pytest.raises(PermissionDenied):
        propose(app, kind=kind, values={}, reason="Mine.", by=outsider, now=NOW)


def test_owners_do_not_ask_for_what_is_theirs(app, owner):
    with pytest.raises(PermissionDenied, match="yours already"):
        propose(app, kind="ownership", values={}, reason="Mine.", by=owner, now=NOW)


@pytest.mark.parametrize("kind", KINDS)
def test_a_decision_on_an_app_that_is_gone_is_refused_and_nothing_is_stored(app, owner, outsider, reviewer, kind):
    asked = ask(app, kind, owner, outsider)
    archives.archive(app, by=owner, now=SOON, reason="The season is over.")
    if kind == ProposalKind.OWNERSHIP:  # an archived app may change hands
        decide(asked.request, outcome="approved", by=reviewer, now=SOON)
        return
    with pytest.raises(InvalidTransition, match="archived"):
        decide(asked.request, outcome="approved", by=reviewer, now=SOON)
    assert ApprovalRequest.objects.get(pk=asked.request_id).state == "submitted"


def test_the_new_owner_and_the_old_ones_are_parties(app, owner, second_owner, outsider, reviewer):
    asked = ask(app, "ownership", owner, outsider)
    for person in (owner, second_owner, outsider):
        person.groups.set(reviewer.groups.all())
        with pytest.raises(PermissionDenied):
            decide(asked.request, outcome="approved", by=type(person).objects.get(pk=person.pk), now=SOON)


def test_an_offer_that_stands_is_taken_back_by_the_new_owner(app, owner, outsider, staff, reviewer):
    offered = hand_overs.offer(app, taker=staff, by=owner, now=NOW, reason="I change teams.")
    decide(ask(app, "ownership", owner, outsider).request, outcome="approved", by=reviewer, now=SOON)
    offered.refresh_from_db()
    assert offered.state == "withdrawn"


def test_a_form_is_split_into_what_is_done_and_what_is_asked(app, owner, reviewer):
    connector = make_connector()
    values = {
        "purpose": "Also for the night shift.",
        "data_classification": "confidential",
        "hosts": ["api.example"],
        "connectors": [connector],
        "audience_size": 60,
    }
    changed = changes.change(app, values=values, by=owner, now=NOW, reason="The night shift joins.")
    app.refresh_from_db()
    assert (app.purpose, app.audience_size, app.data_classification) == ("Also for the night shift.", 60, "internal")
    assert not app.hosts.exists()
    assert changed.proposal.values == {
        "connectors": [connector.slug],
        "data_classification": "confidential",
        "hosts": ["api.example"],
    }
    decide(changed.proposal.request, outcome="approved", by=reviewer, now=SOON)
    app.refresh_from_db()
    assert (app.data_classification, app.risk, app.hosts.get().host) == ("confidential", "medium", "api.example")
    told = AuditEvent.objects.get(verb="catalog.change_granted")
    assert told.changes["data_classification"] == ["internal", "confidential"]


def test_a_draft_changes_at_once(owner, second_owner):
    draft = make_app("Draft", owner=owner, second_owner=second_owner, state=AppState.DRAFT)
    assert changes.change(draft, values={"hosts": ["api.example"]}, by=owner, now=NOW).proposal is None
    assert draft.hosts.exists()


@pytest.mark.parametrize(("amount", "asks"), [(500, False), (501, True)])
def test_a_budget_is_asked_for_above_the_limit(app, owner, amount, asks):
    assert (budgets.state(app, amount=amount, reason="Licences.", by=owner, now=NOW) is not None) is asks
    app.refresh_from_db()
    assert app.monthly_budget == (None if asks else 500)


def test_less_than_today_is_never_asked(app, owner):
    MicroApp.objects.update(monthly_budget=2_000)
    app.refresh_from_db()
    assert budgets.state(app, amount=1_500, reason="Less.", by=owner, now=NOW) is None


def test_the_third_renewal_without_use_is_asked_for_and_its_wait_costs_no_life(app, owner, reviewer):
    MicroApp.objects.update(unused_renewals=2)
    app.refresh_from_db()
    day = NOW.replace(hour=9) + timedelta(days=(app.expires_on - NOW.date()).days - 5)
    report(app, users=0, now=day, days=200)
    with pytest.raises(NeedsDecision):
        renew(app, days=90, by=owner, now=day, reason="Somebody may need it.")
    old_end = app.expires_on
    values = {"days": 90, "term_end": old_end.isoformat()}
    asked = propose(app, kind="renewal", values=values, reason="Somebody may need it.", by=owner, now=day)
    for days in range(40):  # far beyond the end and its grace
        engine.run_day(now=day + timedelta(days=days))
    app.refresh_from_db()
    assert app.state in (AppState.ACTIVE, AppState.FLAGGED)
    decide(asked.request, outcome="approved", by=reviewer, now=day + timedelta(days=40))
    app.refresh_from_db()
    assert app.renewals.get().way == "request"
    assert app.expires_on > old_end


def test_the_plain_restore_stays_one_click(app, owner):
    archives.archive(app, by=owner, now=NOW, reason="The season is over.")
    assert restorations.restore(app, by=owner, now=SOON).equal
