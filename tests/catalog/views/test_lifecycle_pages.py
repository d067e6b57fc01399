"""Each state-changing address of the lifecycle: does it, needs POST, refuses the outsider, answers 409 in a wrong state."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from catalog.models import HandOver, MicroApp
from catalog.states import AppState
from portal.models import User
from tests.makers.catalog import make_app

pytestmark = pytest.mark.django_db
REASON = {"reason": "The season is over."}
DOES = {  # address: (from, with what, by whom, to)
    "submission_create": (AppState.DRAFT, {}, "owner", AppState.IN_REVIEW),
    "submission_withdrawal_create": (AppState.IN_REVIEW, {}, "owner", AppState.DRAFT),
    "archive_create": (AppState.ACTIVE, REASON, "second_owner", AppState.ARCHIVED),
    "restoration_create": (AppState.ARCHIVED, {}, "owner", AppState.ACTIVE),
    "retirement_create": (AppState.ARCHIVED, REASON, "staff", AppState.RETIRED),
    "flag_answer_create": (AppState.FLAGGED, {"answer": "keep", **REASON}, "owner", AppState.ACTIVE),
}
PAGES = [
    "renewal_create",
    "archive_create",
    "restoration_create",
    "retirement_create",
    "flag_answer_create",
    "hand_over_create",
]


def app_in(state: AppState, owner: User, second_owner: User, **fields) -> MicroApp:
    return make_app(owner=owner, second_owner=second_owner, state=state, now=timezone.now(), **fields)


@pytest.mark.parametrize("name", DOES)
def test_it_does_it(client, request, owner, second_owner, name):
    state, data, who, target = DOES[name]
    app = app_in(state, owner, second_owner)
    client.force_login(request.getfixturevalue(who))
    assert client.post(reverse(f"catalog:{name}", args=[app.slug]), data).status_code == 303
    app.refresh_from_db()
    assert app.state == target


@pytest.mark.parametrize("name", DOES)
def test_an_outsider_is_refused(client, owner, second_owner, outsider, name):
    state, data, _who, _target = DOES[name]
    app = app_in(state, owner, second_owner)
    client.force_login(outsider)
    hidden = state in (AppState.DRAFT, AppState.IN_REVIEW)
    assert client.post(reverse(f"catalog:{name}", args=[app.slug]), data).status_code == (404 if hidden else 403)
    app.refresh_from_db()
    assert app.state == state


@pytest.mark.parametrize("name", DOES)
def test_a_wrong_state_is_a_conflict(client, staff, owner, second_owner, name):
    app = app_in(AppState.RETIRED, owner, second_owner)
    client.force_login(staff)
    assert client.post(reverse(f"catalog:{name}", args=[app.slug]), DOES[name][1]).status_code == 409


@pytest.mark.parametrize("name", ["submission_withdrawal_create"])
def test_reading_changes_nothing(client, owner, second_owner, name):
    app = app_in(AppState.DRAFT, owner, second_owner)
    client.force_login(owner)
    assert client.get(reverse(f"catalog:{name}", args=[app.slug])).status_code == 405


@pytest.mark.parametrize("state", list(AppState))
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("who", ["owner", "staff"])
def test_every_page_stands_in_every_state_and_changes_nothing(client, request, owner, second_owner, name, state, who):
    app = app_in(state, owner, second_owner)
    client.force_login(request.getfixturevalue(who))
    response = client.get(reverse(f"catalog:{name}", args=[app.slug]))
    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1
    app.refresh_from_db()
    assert app.state == state


def test_renewing_twice_says_so_without_an_error(client, owner, second_owner):
    ends = timezone.now().date() + timedelta(days=10)
    app = app_in(AppState.ACTIVE, owner, second_owner, expires_on=ends)
    client.force_login(owner)
    data = {"days": "90", "term_end": ends.isoformat(), "confirmed": "on"}
    url = reverse("catalog:renewal_create", args=[app.slug])
    assert client.post(url, data).status_code == 303
    response = client.post(url, data, follow=True)
    assert "renewed already" in response.content.decode()
    assert app.renewals.count() == 1


def test_the_facts_must_be_confirmed(client, owner, second_owner):
    ends = timezone.now().date() + timedelta(days=10)
    app = app_in(AppState.ACTIVE, owner, second_owner, expires_on=ends)
    client.force_login(owner)
    response = client.post(
        reverse("catalog:renewal_create", args=[app.slug]), {"days": "90", "term_end": ends.isoformat()}
    )
    assert response.status_code == 422
    assert "tick this box" in response.content.decode()


def test_a_hand_over_from_offer_to_acceptance(client, owner, second_owner, outsider):
    app = app_in(AppState.ACTIVE, owner, second_owner)
    client.force_login(owner)
    data = {"taker": outsider.email, "reason": "She runs the stores."}
    assert client.post(reverse("catalog:hand_over_create", args=[app.slug]), data).status_code == 303
    url = reverse("catalog:hand_over_answer", args=[HandOver.objects.get().pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"answer": "accept"}).status_code == 403
    client.force_login(outsider)
    assert client.get(url).status_code == 200
    assert client.post(url, {"answer": "accept"}).status_code == 303
    app.refresh_from_db()
    assert app.owner == outsider
    assert client.post(url, {"answer": "decline", "decline-reason": "x"}).status_code == 409


def test_many_at_once_have_a_result_each(client, owner, second_owner, outsider):
    ends = timezone.now().date() + timedelta(days=10)
    mine = app_in(AppState.ACTIVE, owner, second_owner, expires_on=ends)
    other = make_app("Not mine", owner=outsider, second_owner=second_owner, now=timezone.now(), expires_on=ends)
    client.force_login(owner)
    data = {"act": "renew", "slugs": [mine.slug, other.slug, "no-such-app"]}
    url = reverse("catalog:bulk_create")
    assert client.get(url).status_code == 405
    assert "2 apps are chosen" in client.post(url, data).content.decode()
    with zeal_ignore():  # each app is locked and changed in a transaction of its own, on purpose
        result = client.post(url, {**data, "confirm": "1", "days": "90", "confirmed": "on"}).content.decode()
    assert (mine.renewals.count(), other.renewals.count()) == (1, 0)
    assert "1 app is done." in result
    assert "Only its owners and C4E staff may do this" in result


def test_leaving_offers_my_apps(client, owner, second_owner):
    app_in(AppState.ACTIVE, owner, second_owner)
    client.force_login(owner)
    assert client.get(reverse("catalog:leaving")).status_code == 200
    day = (timezone.now() + timedelta(days=30)).date().isoformat()
    assert client.post(reverse("catalog:leaving"), {"leaves_on": "2020-01-01"}).status_code == 422
    assert client.post(reverse("catalog:leaving"), {"leaves_on": day}).status_code == 303
    assert HandOver.objects.get().taker == second_owner
