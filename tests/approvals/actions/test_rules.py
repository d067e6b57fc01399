from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from approvals import rules
from approvals.actions.decisions import decide
from approvals.actions.rules import set_rules
from approvals.tasks.requests import expire_requests
from catalog.actions.submissions import submit
from catalog.states import AppState
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, make_app

pytestmark = pytest.mark.django_db


def test_a_new_version_holds_for_what_comes_and_leaves_what_was(owner, second_owner, staff):
    first = submit(make_app("One", owner=owner, second_owner=second_owner, state=AppState.DRAFT), by=owner, now=NOW)
    values = {**rules.shipped("risk"), "uncertified": 4}
    set_rules("risk", values=values, reason="Courses are open.", seen=0, by=staff, now=NOW)
    second = submit(make_app("Two", owner=owner, second_owner=second_owner, state=AppState.DRAFT), by=owner, now=NOW)
    found = [(one.assessments.get().weights_version, one.tier) for one in (first, second)]
    assert found == [(0, "low"), (1, "medium")]


def test_two_people_do_not_overwrite_each_other(staff):
    set_rules("risk", values=rules.shipped("risk"), reason="Same.", seen=0, by=staff, now=NOW)
    with pytest.raises(InvalidTransition, match="Somebody set"):
        set_rules("risk", values=rules.shipped("risk"), reason="Same.", seen=0, by=staff, now=NOW)


def test_only_staff_set_them(reviewer):
    with pytest.raises(PermissionDenied):
        set_rules("risk", values={}, reason="Mine.", seen=0, by=reviewer, now=NOW)


def test_the_page_keeps_to_the_limits(client, staff):
    client.force_login(staff)
    url = reverse("approvals:rule_set_detail", args=["risk"])
    post = {**rules.shipped("risk"), "reason": "Try.", "seen": 0}
    assert client.post(url, {**post, "medium_from": 6}).status_code == 422
    assert client.post(url, {**post, "host": -1}).status_code == 422
    assert client.post(url, post).status_code == 303
    assert client.post(url, post).status_code == 409
    assert rules.standing("risk").version == 1


def test_what_was_sent_back_and_never_answered_expires(owner, second_owner, reviewer):
    app = make_app(owner=owner, second_owner=second_owner, state=AppState.DRAFT)
    asked = submit(app, by=owner, now=NOW)
    decide(asked, outcome="returned", reason="Name the hosts.", by=reviewer, now=NOW)
    assert expire_requests(now=NOW + timedelta(days=29))
    asked.refresh_from_db()
    assert asked.state == "returned"
    assert expire_requests(now=NOW + timedelta(days=31))
    asked.refresh_from_db()
    assert asked.state == "expired"
    assert submit(owner.apps.get(), by=owner, now=NOW + timedelta(days=32)).pk != asked.pk
