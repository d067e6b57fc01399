import pytest
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from approvals.models import ApprovalRequest
from catalog.actions.submissions import submit
from catalog.states import AppState
from tests.makers.catalog import make_app

pytestmark = pytest.mark.django_db
LIST = "approvals:request_list"


def ask(owner, second_owner, name="Shift swap", **fields):
    app = make_app(name, owner=owner, second_owner=second_owner, state=AppState.DRAFT, **fields)
    return submit(app, by=owner, now=timezone.now())


def titles(client, **query):
    page = client.get(reverse(LIST), query)
    return [row["asked"].title for row in page.context["rows"]]


def test_mine_team_and_all(client, owner, second_owner, reviewer, staff, manager):
    ask(owner, second_owner)
    client.force_login(reviewer)
    assert titles(client) == ["Shift swap"]
    client.force_login(owner)
    assert titles(client) == []
    assert titles(client, tab="all") == ["Shift swap"]
    reviewer.manager = manager
    reviewer.save(update_fields=["manager"])
    client.force_login(manager)
    assert titles(client) == []
    assert titles(client, tab="team") == []  # a manager who does not govern sees only what they are part of
    manager.groups.add(staff.groups.get())
    client.force_login(type(manager).objects.get(pk=manager.pk))
    assert titles(client, tab="team") == ["Shift swap"]


def test_filters_narrow_and_garbage_does_not(client, owner, second_owner, reviewer):
    ask(owner, second_owner, "Low one")
    ask(owner, second_owner, "Other one", data_classification="personal")
    client.force_login(reviewer)
    assert titles(client, tier="medium") == ["Other one"]
    assert titles(client, kind="connector") == []
    assert titles(client, late="1") == []
    for garbage in ({"tier": "x"}, {"kind": "'"}, {"unit": "²"}, {"unit": "9" * 30}, {"tab": "\x00"}, {"after": "x"}):
        assert set(titles(client, **garbage)) == {"Low one", "Other one"}
    ApprovalRequest.objects.filter(title="Low one").update(due_at=timezone.now())
    assert titles(client, late="1") == ["Low one"]


def test_the_row_says_the_heaviest_factor(client, owner, second_owner, reviewer):
    ask(owner, second_owner, data_classification="personal")
    client.force_login(reviewer)
    assert "It handles personal data." in client.get(reverse(LIST)).content.decode()


def together(client, asked, **data):
    return client.post(reverse("approvals:bulk_decision_create"), {"requests": [one.pk for one in asked], **data})


def test_equals_of_low_risk_are_decided_together(client, owner, second_owner, reviewer):
    asked = [ask(owner, second_owner, f"App {number}") for number in range(3)]
    client.force_login(reviewer)
    assert "3 requests are chosen" in together(client, asked).content.decode()
    assert together(client, asked, confirm="1", outcome="refused").status_code == 422
    with zeal_ignore():  # each is locked and decided in a transaction of its own, on purpose
        assert "3 decisions are stored" in together(client, asked, confirm="1", outcome="approved").content.decode()
    assert set(ApprovalRequest.objects.values_list("state", flat=True)) == {"approved"}


def test_others_are_not(client, owner, second_owner, reviewer):
    low, other = ask(owner, second_owner, "Low"), ask(owner, second_owner, "High", data_classification="personal")
    client.force_login(reviewer)
    response = together(client, [low, other], confirm="1", outcome="approved")
    assert response.status_code == 422
    assert "Only requests of low risk" in response.content.decode()
    assert set(ApprovalRequest.objects.values_list("state", flat=True)) == {"submitted"}


def test_what_is_not_mine_is_left_out(client, owner, second_owner, reviewer):
    asked = ask(owner, second_owner)
    client.force_login(owner)
    assert together(client, [asked], confirm="1", outcome="approved").status_code == 303
    assert ApprovalRequest.objects.get().state == "submitted"
