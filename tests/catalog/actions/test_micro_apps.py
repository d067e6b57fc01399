from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from approvals.actions.decisions import decide
from approvals.models import ApprovalRequest
from catalog.actions import micro_apps
from catalog.models import MicroApp
from catalog.states import AppState
from portal.models import AuditEvent
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, make_app, make_connector
from tests.makers.contracts import make_values

LATER = NOW + timedelta(hours=1)


def events(app, verb):
    return AuditEvent.objects.about("catalog.microapp", app.pk).filter(verb=verb)


def test_a_new_app_is_a_draft_with_its_contract_in_the_log(owner, second_owner):
    erp = make_connector("ERP")
    values = make_values(owner, second_owner, connectors=[erp], hosts=["api.example.org"])
    app = micro_apps.create(by=owner, values=values, now=NOW)
    app.refresh_from_db()
    assert (app.state, app.slug, app.created_by, app.expires_on) == (AppState.DRAFT, "shift-swap", owner, None)
    told = events(app, "catalog.app_created").get().facts["contract"]
    assert told["owner"] == owner.email
    assert (told["connectors"], told["hosts"], told["apps"]) == (["ERP"], ["api.example.org"], [])


def test_the_risk_comes_from_the_contract(owner, second_owner):
    low = micro_apps.create(by=owner, values=make_values(owner, second_owner), now=NOW)
    worse = make_values(owner, second_owner, data_classification="personal", hosts=["api.example.org"])
    high = micro_apps.create(by=owner, values=worse, now=NOW)
    assert (low.risk, high.risk) == ("low", "high")


def test_apps_of_one_name_get_addresses_of_their_own(owner, second_owner):
    values = make_values(owner, second_owner)
    slugs = [micro_apps.create(by=owner, values=values, now=NOW).slug for _ in range(3)]
    assert slugs == ["shift-swap", "shift-swap-2", "shift-swap-3"]


@pytest.mark.parametrize(("name", "slug"), [("New", "new-2"), ("Mine", "mine-2"), ("日本", "app"), ("---", "app")])
def test_names_that_would_hide_a_page_or_have_no_letters_still_get_an_address(owner, second_owner, name, slug):
    assert micro_apps.create(by=owner, values=make_values(owner, second_owner, name=name), now=NOW).slug == slug


def test_the_same_form_twice_makes_one_app(owner, second_owner):
    key, values = uuid4(), make_values(owner, second_owner)
    first = micro_apps.create(by=owner, values=values, now=NOW, creation_key=key)
    second = micro_apps.create(by=owner, values=values, now=LATER, creation_key=key)
    assert first.pk == second.pk
    assert MicroApp.objects.count() == 1
    assert AuditEvent.objects.filter(verb="catalog.app_created").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("one_form", [True, False])
def test_many_at_once(owner, second_owner, one_form):
    values, key = make_values(owner, second_owner), uuid4()

    def send(_turn):
        try:
            return micro_apps.create(by=owner, values=values, now=NOW, creation_key=key if one_form else None).slug
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        slugs = list(pool.map(send, range(4)))
    assert len(set(slugs)) == (1 if one_form else 4)
    assert MicroApp.objects.count() == (1 if one_form else 4)


def test_an_edit_tells_every_field_before_and_after(owner, second_owner):
    erp, crm = make_connector("ERP"), make_connector("CRM")
    needed = make_app("Store list")
    app = micro_apps.create(by=owner, values=make_values(owner, second_owner, connectors=[erp]), now=NOW)
    values = make_values(owner, second_owner, audience_size=700, connectors=[crm], hosts=["a.example"], apps=[needed])
    micro_apps.edit(app, by=owner, values=values, now=LATER, seen_at=app.updated_at)
    assert events(app, "catalog.app_changed").get().changes == {
        "audience_size": [40, 700],
        "connectors": [["ERP"], ["CRM"]],
        "hosts": [[], ["a.example"]],
        "apps": [[], ["Store list"]],
        "risk": ["low", "medium"],
    }
    app.refresh_from_db()
    assert (app.risk, app.updated_at) == ("medium", LATER)


def test_saving_without_a_change_leaves_no_trace(owner, second_owner):
    values = make_values(owner, second_owner)
    app = micro_apps.create(by=owner, values=values, now=NOW)
    micro_apps.edit(app, by=owner, values=values, now=LATER)
    app.refresh_from_db()
    assert app.updated_at == NOW
    assert not events(app, "catalog.app_changed").exists()


def test_an_edit_of_what_somebody_else_changed_meanwhile_is_refused(owner, second_owner):
    app = micro_apps.create(by=owner, values=make_values(owner, second_owner), now=NOW)
    seen = app.updated_at
    theirs = make_values(owner, second_owner, purpose="Theirs.")
    micro_apps.edit(app, by=second_owner, values=theirs, now=LATER, seen_at=seen)
    with pytest.raises(micro_apps.Stale, match="Tomas Ruiz"):
        micro_apps.edit(
            app, by=owner, values=make_values(owner, second_owner, purpose="Mine."), now=LATER, seen_at=seen
        )
    app.refresh_from_db()
    assert app.purpose == "Theirs."


def test_an_outsider_cannot_edit(owner, second_owner, outsider):
    app = make_app(owner=owner, second_owner=second_owner)
    with pytest.raises(PermissionDenied):
        micro_apps.edit(app, by=outsider, values={"purpose": "Mine now."}, now=LATER)


@pytest.mark.parametrize("state", [AppState.IN_REVIEW, AppState.ARCHIVED, AppState.RETIRED])
def test_what_is_decided_or_over_is_not_edited(owner, second_owner, state):
    app = make_app(owner=owner, second_owner=second_owner, state=state)
    with pytest.raises(PermissionDenied):
        micro_apps.edit(app, by=owner, values={"purpose": "New."}, now=LATER)


def test_a_discarded_draft_keeps_its_record(owner, second_owner):
    app = make_app(owner=owner, second_owner=second_owner, state=AppState.DRAFT)
    micro_apps.discard(app, by=owner, now=LATER)
    app.refresh_from_db()
    assert (app.state, app.retired_at) == (AppState.RETIRED, LATER)
    assert events(app, "catalog.app_discarded").exists()


def test_discarding_takes_back_the_request_that_was_sent_back(owner, second_owner, reviewer):
    app = make_app(owner=owner, second_owner=second_owner, state=AppState.IN_REVIEW)
    request = ApprovalRequest.objects.get(subject_id=app.pk)
    decide(request, outcome="returned", reason="Say who answers for the data.", by=reviewer, now=LATER)
    micro_apps.discard(app, by=owner, now=LATER)
    request.refresh_from_db()
    assert request.state == "withdrawn"


def test_only_a_draft_is_discarded_and_only_by_its_own(owner, second_owner, outsider):
    draft = make_app(owner=owner, second_owner=second_owner, state=AppState.DRAFT)
    with pytest.raises(PermissionDenied):
        micro_apps.discard(draft, by=outsider, now=LATER)
    live = make_app("Live", owner=owner, second_owner=second_owner)
    with pytest.raises((InvalidTransition, PermissionDenied)):
        micro_apps.discard(live, by=owner, now=LATER)
