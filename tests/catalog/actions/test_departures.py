from datetime import date

import pytest

from catalog.actions.departures import declare
from catalog.actions.hand_overs import accept, offer
from catalog.departures import blockers
from catalog.models import HandOver
from catalog.states import AppState
from portal.models import AuditEvent, Notification
from tests.makers.catalog import NOW, make_app
from tests.makers.portal import make_person

pytestmark = pytest.mark.django_db
DAY = date(2026, 12, 31)


def test_saying_so_offers_each_app_to_its_second_owner(owner, second_owner):
    app = make_app(owner=owner, second_owner=second_owner)
    make_app("Old", owner=owner, second_owner=second_owner, state=AppState.RETIRED)
    declare(owner, leaves_on=DAY, now=NOW)
    owner.refresh_from_db()
    offered = HandOver.objects.get()
    assert (owner.leaves_on, offered.app, offered.taker) == (DAY, app, second_owner)
    told = Notification.objects.get(kind="hand_over_needed")
    assert (told.user, told.params["on"]) == (second_owner, "2026-12-31")
    assert AuditEvent.objects.filter(verb="portal.person_changed").exists()


def test_without_a_second_owner_who_stays_the_manager_is_asked(owner, manager):
    second = make_person("Tomas Ruiz", is_active=False)
    make_app(owner=owner, second_owner=second)
    declare(owner, leaves_on=DAY, now=NOW)
    assert HandOver.objects.get().taker == manager


def test_what_is_offered_already_is_left_alone_and_saying_it_twice_asks_once(owner, second_owner, outsider):
    first = offer(make_app(owner=owner, second_owner=second_owner), taker=outsider, by=owner, now=NOW, reason="x")
    declare(owner, leaves_on=DAY, now=NOW)
    declare(owner, leaves_on=DAY, now=NOW)
    assert list(HandOver.objects.all()) == [first]


def test_the_account_stays_until_nothing_hangs_on_the_person(owner, second_owner, outsider):
    app = make_app(owner=owner, second_owner=second_owner)
    assert blockers(owner) == ["Priya Nair owns Shift swap. Hand it over or retire it first."]
    declare(owner, leaves_on=DAY, now=NOW)
    accept(HandOver.objects.get(), by=second_owner, now=NOW, second_owner=outsider)
    app.refresh_from_db()
    assert (app.owner, app.second_owner) == (second_owner, outsider)
    assert blockers(owner) == []
