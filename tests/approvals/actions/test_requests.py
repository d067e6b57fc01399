from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from approvals.actions.decisions import decide
from approvals.actions.requests import withdraw
from approvals.models import ApprovalRequest
from catalog.actions.submissions import submit
from catalog.states import AppState
from portal.models import AuditEvent, Notification
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, make_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(owner, second_owner, reviewer, staff):
    app = make_app(owner=owner, second_owner=second_owner, state=AppState.DRAFT)
    return submit(app, by=owner, now=NOW)


def test_asking_keeps_the_facts_and_sets_the_clock(asked):
    assert asked.title == "Shift swap"
    assert ["Purpose", "Colleagues trade shifts and the manager confirms."] in asked.facts
    assert asked.ball_since == NOW
    assert asked.due_at == NOW + timedelta(days=2)
    assert AuditEvent.objects.filter(verb="approvals.request_opened", subject_id=asked.pk).count() == 1


def test_everyone_who_may_decide_is_asked_once(asked, reviewer, staff, owner, outsider):
    told = Notification.objects.filter(kind="request_to_decide")
    assert set(told.values_list("user", flat=True)) == {reviewer.pk, staff.pk}
    assert all(told.values_list("asks", flat=True))


def test_resubmitting_keeps_the_facts_before_and_turns_the_clock(asked, owner, reviewer):
    decide(asked, outcome="returned", reason="Which data?", by=reviewer, now=NOW + timedelta(hours=3))
    app = owner.apps.get()
    app.purpose = "Colleagues trade shifts."
    app.save(update_fields=["purpose"])
    again = submit(app, by=owner, now=NOW + timedelta(hours=8))
    assert again.pk == asked.pk
    assert again.revision == 2
    assert again.waited_on_reviewers == timedelta(hours=3)
    assert again.waited_on_requester == timedelta(hours=5)
    assert ["Purpose", "Colleagues trade shifts and the manager confirms."] in again.facts_before
    assert ["Purpose", "Colleagues trade shifts."] in again.facts
    open_asks = Notification.objects.filter(kind="request_to_decide", closed_at=None, user=reviewer)
    assert [note.key for note in open_asks] == [f"request_to_decide:{asked.pk}:2:1"]
    assert not Notification.objects.filter(kind="request_returned", closed_at=None).exists()


def test_withdrawing_makes_the_app_a_draft_and_closes_the_asks(asked, owner):
    withdraw(asked, by=owner, now=NOW)
    assert owner.apps.get().state == AppState.DRAFT
    assert ApprovalRequest.objects.get().state == "withdrawn"
    assert not Notification.objects.filter(kind="request_to_decide", closed_at=None).exists()
    with pytest.raises(InvalidTransition):
        withdraw(asked, by=owner, now=NOW)


def test_a_request_that_was_sent_back_can_be_withdrawn(asked, owner, reviewer):
    decide(asked, outcome="returned", reason="Which data?", by=reviewer, now=NOW)
    withdraw(asked, by=owner, now=NOW)
    assert owner.apps.get().state == AppState.DRAFT


def test_an_outsider_cannot_withdraw(asked, outsider):
    with pytest.raises(PermissionDenied):
        withdraw(asked, by=outsider, now=NOW)


def test_the_clock_shows_both_sides_while_it_runs(asked, owner, reviewer):
    soon = NOW + timedelta(hours=3)
    assert asked.clock(soon) == {"reviewers": timedelta(hours=3), "requester": timedelta()}
    decide(asked, outcome="returned", reason="Which data?", by=reviewer, now=soon)
    asked.refresh_from_db()
    later = soon + timedelta(hours=5)
    assert asked.clock(later) == {"reviewers": timedelta(hours=3), "requester": timedelta(hours=5)}
    withdraw(asked, by=owner, now=later)
    asked.refresh_from_db()
    assert asked.clock(later + timedelta(days=9)) == {"reviewers": timedelta(hours=3), "requester": timedelta(hours=5)}
