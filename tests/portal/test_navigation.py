import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from portal import counters, navigation
from portal.icons import NAMES


def keys(user):
    request = RequestFactory().get("/")
    request.user = user
    return {link.key for group in navigation.groups_for(request) for link in group.links}


ENTRIES = [entry for group in navigation.GROUPS for entry in group.entries]


def test_a_maker_sees_no_console(owner):
    shown = keys(owner)
    assert "home" in shown
    assert shown.isdisjoint({"components", "records", "audit", "sweeps", "rules", "imports", "people", "outbox"})


def test_staff_see_the_console_but_not_the_records(staff):
    shown = keys(staff)
    assert "components" in shown
    assert "records" not in shown


def test_an_administrator_sees_the_records(admin):
    assert {"components", "records"} <= keys(admin)


def test_nobody_signed_in_sees_nothing():
    assert keys(AnonymousUser()) == set()


def test_the_outbox_is_listed_in_a_demo_only(staff, settings):
    settings.DEMO_SIGN_IN = False
    assert navigation.in_demo(staff) is False
    settings.DEMO_SIGN_IN = True
    assert navigation.in_demo(staff) is True


def test_a_page_that_does_not_exist_has_no_address():
    assert navigation.address("no_such_page") == ""


def test_every_entry_is_drawn_and_no_key_or_letter_is_taken_twice():
    assert {entry.icon for entry in ENTRIES} <= set(NAMES)
    assert len({entry.key for entry in ENTRIES}) == len(ENTRIES)
    letters = [entry.go for entry in ENTRIES if entry.go]
    assert len(set(letters)) == len(letters)


@pytest.fixture
def counted(monkeypatch):
    calls = []
    monkeypatch.setitem(counters._counters, "approvals", lambda user: calls.append(user) or 4)
    return calls


def test_a_count_is_asked_for_once_a_request(owner, counted):
    request = RequestFactory().get("/")
    request.user = owner
    assert [counters.read(request, "approvals") for _ in range(3)] == [4, 4, 4]
    assert counted == [owner]


def test_an_unknown_count_is_zero(owner):
    request = RequestFactory().get("/")
    request.user = owner
    assert counters.read(request, "nothing_of_this_name") == 0


def test_two_counters_cannot_share_a_name():
    with pytest.raises(ValueError, match="unread"):
        counters.register("unread", lambda user: 0)
