"""Everything an approver does on the page of a request, and what others are told."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from approvals.actions.conditions import remind
from approvals.models import ApprovalRequest, Comment, Condition
from catalog.actions.submissions import submit
from catalog.states import AppState
from portal.models import Notification
from portal.models.user import Role
from tests.makers.catalog import make_app
from tests.makers.portal import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(owner, second_owner, reviewer, staff):
    return submit(make_app(owner=owner, second_owner=second_owner, state=AppState.DRAFT), by=owner, now=timezone.now())


def url(name, asked, **more):
    return reverse(f"approvals:{name}", kwargs={"pk": asked.pk, **more})


def decide(client, asked, **data):
    return client.post(url("decision_create", asked), {"revision": 1, "stage": 1, **data})


def test_a_condition_needs_words_and_a_day(client, asked, reviewer):
    client.force_login(reviewer)
    today = timezone.localdate()
    assert decide(client, asked, outcome="conditional").status_code == 422
    late = {"outcome": "conditional", "condition": "Name a steward.", "until": today.isoformat()}
    assert "from tomorrow on" in decide(client, asked, **late).content.decode()
    good = {**late, "until": (today + timedelta(days=9)).isoformat()}
    assert decide(client, asked, **good).status_code == 303
    asked.refresh_from_db()
    assert asked.state == "approved"
    assert "Name a steward." in client.get(asked.get_absolute_url()).content.decode()


def test_a_condition_is_reminded_of_and_seen_to_be_met(client, asked, owner, reviewer):
    client.force_login(reviewer)
    until = timezone.localdate() + timedelta(days=3)
    decide(client, asked, outcome="conditional", condition="Name a steward.", until=until.isoformat())
    for _turn in range(2):
        remind(now=timezone.now())
    assert Notification.objects.filter(kind="condition_due", user=owner).count() == 1
    remind(now=timezone.now() + timedelta(days=5))
    told = Notification.objects.filter(kind="condition_late").values_list("user", flat=True)
    assert set(told) == {owner.pk, reviewer.pk}
    condition = Condition.objects.get()
    confirm = url("condition_confirmation_create", asked, condition=condition.pk)
    client.force_login(owner)
    assert client.post(confirm).status_code == 403
    client.force_login(reviewer)
    assert client.post(confirm).status_code == 303
    assert client.post(confirm).status_code == 409
    assert not Notification.objects.filter(kind__startswith="condition", closed_at=None).exists()


def test_the_message_is_shown_before_it_is_sent(client, asked, owner, reviewer):
    client.force_login(reviewer)
    data = {"outcome": "returned", "reason": "Which hosts?", "revision": 1, "stage": 1}
    page = client.post(url("message_preview", asked), data).content.decode()
    assert "Sent back: Shift swap" in page
    assert "Nothing is stored yet" in page
    part = client.post(url("message_preview", asked), data, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<div id="message"')
    asked.refresh_from_db()
    assert asked.state == "submitted"
    assert not Notification.objects.filter(user=owner, kind="request_returned").exists()


def test_handing_on_to_a_colleague(client, asked, reviewer, outsider):
    client.force_login(outsider)
    assert client.get(asked.get_absolute_url()).status_code == 404
    client.force_login(reviewer)
    data = {"hand-to": outsider.email, "hand-reason": "She knows the host."}
    assert client.post(url("hand_on_create", asked), {"hand-to": "nobody@nowhere.example"}).status_code == 422
    assert client.post(url("hand_on_create", asked), data).status_code == 303
    client.force_login(outsider)
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "Store the decision" in page
    assert decide(client, asked, outcome="approved").status_code == 303


def test_staff_override_only_with_a_reason(client, asked, owner, second_owner, auditor):
    client.force_login(auditor)
    assert client.post(url("override_create", asked), {"override-outcome": "approved"}).status_code == 403
    boss = make_person("Ben Clarke", Role.STAFF)
    client.force_login(boss)
    assert client.post(url("override_create", asked), {"override-outcome": "refused"}).status_code == 422
    data = {"override-outcome": "refused", "override-reason": "There is one already."}
    assert client.post(url("override_create", asked), data).status_code == 303
    assert client.post(url("override_create", asked), data).status_code == 409
    assert Notification.objects.get(user=owner, kind="request_refused").params["reason"] == "There is one already."


def test_a_comment_tells_who_is_named_and_lets_them_in(client, asked, owner, outsider):
    client.force_login(owner)
    data = {"text": f"Is that so, @{outsider.email.split('@')[0]}?", "key": str(uuid.uuid4())}
    for _click in range(2):
        assert client.post(url("comment_create", asked), data).status_code == 303
    assert Comment.objects.count() == 1
    assert Notification.objects.filter(user=outsider, kind="request_comment").count() == 1
    client.force_login(outsider)
    assert "Is that so" in client.get(asked.get_absolute_url()).content.decode()
    answer = {"text": "Yes.", "key": str(uuid.uuid4())}
    assert client.post(url("comment_create", asked), answer).status_code == 303
    assert Notification.objects.filter(user=owner, kind="request_comment").count() == 1


@pytest.mark.parametrize("text", ["", "Ask @no.such.person", "x" * 4_001])
def test_a_comment_that_cannot_be_stored_is_kept_in_the_form(client, asked, owner, text):
    client.force_login(owner)
    response = client.post(url("comment_create", asked), {"text": text, "key": str(uuid.uuid4())})
    assert response.status_code == 422
    assert text in response.content.decode()
    assert not Comment.objects.exists()


def test_the_evidence_holds_every_part(client, asked, reviewer, staff):
    client.force_login(reviewer)
    client.post(url("comment_create", asked), {"text": "Looked at it twice.", "key": str(uuid.uuid4())})
    decide(client, asked, outcome="approved", reason="Clear purpose.")
    page = client.get(url("evidence_detail", asked)).content.decode()
    for part in ("Looked at it twice.", "Clear purpose.", "Stages", "Everything that happened", "Risk"):
        assert part in page


def test_earlier_decisions_on_the_same_ground_are_shown(client, owner, second_owner, reviewer):
    for name in ("First desk", "Second desk"):
        app = make_app(
            name, owner=owner, second_owner=second_owner, state=AppState.DRAFT, data_classification="personal"
        )
        submit(app, by=owner, now=timezone.now())
    first, second = ApprovalRequest.objects.order_by("pk")
    client.force_login(reviewer)
    decide(client, first, outcome="approved")
    page = client.get(second.get_absolute_url()).content.decode()
    assert "Earlier decisions on the same ground" in page
    assert "First desk" in page
