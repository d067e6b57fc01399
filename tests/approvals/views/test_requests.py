import pytest
from django.urls import reverse
from django.utils import timezone

from approvals.actions.decisions import decide
from approvals.models import ApprovalRequest
from catalog.actions.submissions import submit
from catalog.states import AppState
from tests.makers.catalog import make_app

pytestmark = pytest.mark.django_db


def ask(owner, second_owner, name="Shift swap"):
    app = make_app(name, owner=owner, second_owner=second_owner, state=AppState.DRAFT)
    return submit(app, by=owner, now=timezone.now())


@pytest.mark.parametrize("rows", [3, 60])
def test_the_inbox_costs_the_same_queries_whatever_its_length(
    client, owner, second_owner, reviewer, rows, django_assert_max_num_queries
):
    for number in range(rows):
        ask(owner, second_owner, f"App {number}")
    client.force_login(reviewer)
    with django_assert_max_num_queries(12):
        response = client.get(reverse("approvals:request_list"))
    assert response.content.decode().count('id="request-') == rows


@pytest.mark.parametrize("tab", ["mine", "all", "done", "nonsense"])
@pytest.mark.parametrize("who", ["owner", "reviewer", "auditor", "outsider"])
def test_every_tab_stands_for_everyone(client, request, owner, second_owner, tab, who):
    ask(owner, second_owner)
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("approvals:request_list"), {"tab": tab}).status_code == 200


def test_a_decision_on_the_page(client, owner, second_owner, reviewer):
    asked = ask(owner, second_owner)
    client.force_login(reviewer)
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "Take Shift swap into the catalog?" in page
    url = reverse("approvals:decision_create", args=[asked.pk])
    assert client.get(url).status_code == 405
    assert client.post(url, {"outcome": "refused", "revision": 1}).status_code == 422
    assert client.post(url, {"outcome": "approved", "revision": 1}).status_code == 303
    asked.refresh_from_db()
    assert asked.state == "approved"


def test_own_requests_show_why_not(client, owner, second_owner):
    asked = ask(owner, second_owner)
    client.force_login(owner)
    assert "This is your own request" in client.get(asked.get_absolute_url()).content.decode()
    url = reverse("approvals:decision_create", args=[asked.pk])
    assert client.post(url, {"outcome": "approved", "revision": 1}).status_code == 403


def test_when_somebody_was_faster_nothing_written_is_lost(client, owner, second_owner, reviewer, staff):
    asked = ask(owner, second_owner)
    decide(asked, outcome="approved", by=staff, now=timezone.now())
    client.force_login(reviewer)
    data = {"outcome": "refused", "reason": "The host is unknown to us.", "revision": 1}
    response = client.post(reverse("approvals:decision_create", args=[asked.pk]), data)
    assert response.status_code == 409
    assert "Ana Kovac was faster" in response.content.decode()
    assert "The host is unknown to us." in response.content.decode()


def test_withdrawing_on_the_page(client, owner, second_owner, outsider):
    asked = ask(owner, second_owner)
    url = reverse("approvals:withdrawal_create", args=[asked.pk])
    client.force_login(outsider)
    assert client.post(url).status_code == 404
    client.force_login(owner)
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 303
    assert ApprovalRequest.objects.get().state == "withdrawn"
    assert client.post(url).status_code == 409
