from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from catalog.actions.hand_overs import accept, decline, offer, withdraw
from catalog.models import HandOver, MicroApp
from catalog.states import AppState
from portal.models import AuditEvent, Notification
from portal.states import InvalidTransition
from tests.makers.catalog import NOW, make_app
from tests.makers.portal import make_person
from tests.racing import race

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)


@pytest.fixture
def app(owner, second_owner):
    return make_app(owner=owner, second_owner=second_owner, contact=owner.email)


@pytest.fixture
def offered(app, owner, outsider):
    return offer(app, taker=outsider, by=owner, now=NOW, reason="She runs the stores now.")


def test_nothing_changes_until_it_is_accepted(app, offered, owner, outsider):
    app.refresh_from_db()
    assert app.owner == owner
    asked = Notification.objects.get(kind="hand_over_offered")
    assert (asked.user, asked.asks, asked.url) == (outsider, True, f"/hand-overs/{offered.pk}/answer/")


def test_accepting_makes_the_taker_the_owner(app, offered, owner, second_owner, outsider):
    accept(offered, by=outsider, now=LATER)
    app.refresh_from_db()
    assert (app.owner, app.second_owner, app.contact) == (outsider, second_owner, outsider.email)
    assert AuditEvent.objects.get(verb="catalog.hand_over_accepted").changes["owner"] == [owner.email, outsider.email]
    assert Notification.objects.filter(user=owner, kind="hand_over_accepted").exists()
    assert not Notification.objects.filter(kind="hand_over_offered", closed_at=None).exists()


def test_a_second_owner_who_takes_over_changes_places(app, owner, second_owner):
    accept(offer(app, taker=second_owner, by=owner, now=NOW, reason="x"), by=second_owner, now=LATER)
    app.refresh_from_db()
    assert (app.owner, app.second_owner) == (second_owner, owner)


def test_a_giver_who_leaves_is_replaced(app, owner, second_owner, outsider):
    owner.leaves_on = date(2026, 12, 31)
    owner.save(update_fields=["leaves_on"])
    hand_over = offer(app, taker=second_owner, by=owner, now=NOW, reason="x")
    with pytest.raises(InvalidTransition, match="second owner who stays"):
        accept(hand_over, by=second_owner, now=LATER)
    accept(hand_over, by=second_owner, now=LATER, second_owner=outsider)
    app.refresh_from_db()
    assert (app.owner, app.second_owner) == (second_owner, outsider)


def test_declining_leaves_everything_and_tells_the_giver_why(app, offered, owner, outsider):
    decline(offered, by=outsider, now=LATER, reason="I leave the stores.")
    app.refresh_from_db()
    assert app.owner == owner
    assert Notification.objects.get(user=owner, kind="hand_over_declined").params["reason"] == "I leave the stores."
    offer(app, taker=make_person("Ken Ito"), by=owner, now=LATER, reason="x")


def test_taking_it_back_closes_the_question(offered, owner, outsider):
    withdraw(offered, by=owner, now=LATER)
    with pytest.raises(InvalidTransition, match="withdrawn"):
        accept(offered, by=outsider, now=LATER)


def test_only_the_taker_answers_and_only_the_apps_people_take_back(offered, staff, reviewer):
    for by in (staff, reviewer):
        with pytest.raises(PermissionDenied):
            accept(offered, by=by, now=LATER)
        with pytest.raises(PermissionDenied):
            decline(offered, by=by, now=LATER, reason="x")
    with pytest.raises(PermissionDenied):
        withdraw(offered, by=reviewer, now=LATER)


def test_one_offer_at_a_time(app, offered, owner):
    with pytest.raises(InvalidTransition, match="already"):
        offer(app, taker=make_person("Ken Ito"), by=owner, now=NOW, reason="x")


@pytest.mark.parametrize("fields", [{"is_active": False}, {"leaves_on": date(2027, 1, 1)}])
def test_only_a_person_who_stays_is_offered_an_app(app, owner, fields):
    with pytest.raises(InvalidTransition):
        offer(app, taker=make_person("Ken Ito", **fields), by=owner, now=NOW, reason="x")


@pytest.mark.parametrize("state", list(AppState))
def test_in_which_states_it_can_be_offered(owner, second_owner, outsider, state):
    app = make_app(owner=owner, second_owner=second_owner, state=state)
    if state in (AppState.IN_REVIEW, AppState.RETIRED):
        with pytest.raises(InvalidTransition):
            offer(app, taker=outsider, by=owner, now=NOW, reason="x")
    else:
        assert offer(app, taker=outsider, by=owner, now=NOW, reason="x").state == "open"


def test_taking_over_a_flagged_app_answers_its_flag(owner, second_owner, outsider):
    app = make_app(owner=owner, second_owner=second_owner, state=AppState.FLAGGED)
    hand_over = offer(app, taker=outsider, by=owner, now=NOW, reason="She uses it.")
    app.refresh_from_db()
    assert app.state == AppState.FLAGGED
    accept(hand_over, by=outsider, now=LATER)
    app.refresh_from_db()
    assert app.state == AppState.ACTIVE
    assert app.flags.get().answer == "hand_over"


@pytest.mark.django_db(transaction=True)
def test_accepting_and_taking_back_at_once(owner, second_owner, outsider):
    for turn in range(10):
        app = make_app(f"App {turn}", owner=owner, second_owner=second_owner)
        hand_over = offer(app, taker=outsider, by=owner, now=NOW, reason="x")
        results = race(
            lambda hand_over=hand_over: accept(hand_over, by=outsider, now=LATER),
            lambda hand_over=hand_over: withdraw(hand_over, by=owner, now=LATER),
        )
        assert sum(isinstance(one, HandOver) for one in results) == 1, results
        is_taken = MicroApp.objects.get(pk=app.pk).owner_id == outsider.pk
        assert is_taken == (HandOver.objects.get(pk=hand_over.pk).state == "accepted")
