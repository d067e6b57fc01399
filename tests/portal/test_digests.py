from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from portal import digest_mail, digests, notifications
from portal.models import Absence, Digest, Notification
from tests.makers.portal import make_person

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    wording = notifications.Kind(
        label="Ends soon", title="%(app)s ends soon", body="Renew it.", because="You own it.", action="Renew"
    )
    monkeypatch.setitem(notifications.KINDS, "tests_ends", wording)


def tell(person, app="Shift swap", *, asks=True, now=MONDAY - timedelta(hours=20), url="/apps/x/"):
    notifications.notify(person, "tests_ends", key=app, url=url, params={"app": app}, asks=asks, now=now)


def test_one_mail_holds_everything_and_comes_once(owner):
    for name in ("Shift swap", "Cash variance"):
        tell(owner, name)
    tell(owner, "Holiday list", asks=False)
    assert digests.send_digests(now=MONDAY) == 1
    assert digests.send_digests(now=MONDAY + timedelta(hours=1)) == 0
    (sent,) = mail.outbox
    assert sent.subject == "2 things need you"
    assert sent.to == [owner.email]
    for part in ("NEEDS YOUR ANSWER", "GOOD TO KNOW", "Shift swap ends soon", "Renew: http://127.0.0.1:8000/apps/x/"):
        assert part in sent.body
    (html,) = sent.alternatives
    assert '<a href="http://127.0.0.1:8000/apps/x/">Renew</a>' in html[0]
    assert sent.extra_headers["List-Unsubscribe"] == "<http://127.0.0.1:8000/preferences/>"
    assert Digest.objects.get().sent_at == MONDAY
    tell(owner, "Late one", now=MONDAY)
    assert digests.send_digests(now=MONDAY + timedelta(hours=2)) == 0, "one mail a day"
    assert digests.send_digests(now=MONDAY + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    ("zone", "at", "comes"),
    [
        ("Europe/Madrid", datetime(2026, 11, 23, 6, 59, tzinfo=UTC), False),
        ("Europe/Madrid", datetime(2026, 11, 23, 7, 0, tzinfo=UTC), True),
        ("America/New_York", datetime(2026, 11, 23, 12, 59, tzinfo=UTC), False),
        ("America/New_York", datetime(2026, 11, 23, 13, 0, tzinfo=UTC), True),
        ("Pacific/Auckland", datetime(2026, 11, 22, 19, 0, tzinfo=UTC), True),  # Monday there
        ("Pacific/Auckland", datetime(2026, 11, 27, 19, 0, tzinfo=UTC), False),  # Saturday there
        # The clocks change: 29 March and 25 October 2026 in Madrid are Sundays, so the Mondays after count.
        ("Europe/Madrid", datetime(2026, 3, 30, 5, 59, tzinfo=UTC), False),
        ("Europe/Madrid", datetime(2026, 3, 30, 6, 0, tzinfo=UTC), True),
        ("Europe/Madrid", datetime(2026, 10, 26, 6, 59, tzinfo=UTC), False),
        ("Europe/Madrid", datetime(2026, 10, 26, 7, 0, tzinfo=UTC), True),
    ],
)
def test_it_comes_at_eight_in_the_readers_own_morning(owner, zone, at, comes):
    owner.time_zone = zone
    owner.save()
    tell(owner, now=at - timedelta(hours=8))
    assert digests.send_digests(now=at) == comes


def test_it_waits_for_a_working_day(owner):
    owner.working_days = [2]
    owner.save()
    tell(owner)
    assert digests.send_digests(now=MONDAY) == 0
    assert digests.send_digests(now=MONDAY + timedelta(days=1)) == 1


def test_what_was_answered_is_not_asked_again(owner, second_owner):
    notifications.notify(owner, "tests_ends", key="a", params={"app": "A"}, asks=True, thing=second_owner, now=MONDAY)
    notifications.close(second_owner, kinds=["tests_ends"], now=MONDAY)
    assert digests.send_digests(now=MONDAY) == 0
    assert not Digest.objects.exists()


def test_people_who_left_and_services_get_none(owner, second_owner):
    tell(owner)
    owner.is_active = False
    owner.save()
    assert digests.send_digests(now=MONDAY) == 0


def test_a_delegate_gets_what_is_asked_of_somebody_who_is_away(owner, second_owner):
    Absence.objects.create(user=owner, delegate=second_owner, starts_on=date(2026, 11, 20), ends_on=date(2026, 12, 3))
    tell(owner, "Shift swap")
    tell(owner, "Only to know", asks=False)
    tell(second_owner, "Own app")
    assert digests.send_digests(now=MONDAY) == 1
    (sent,) = mail.outbox
    assert sent.to == [second_owner.email]
    assert "FOR PRIYA NAIR, AWAY UNTIL 3 DECEMBER 2026" in sent.body
    assert sent.body.index("Own app") < sent.body.index("Shift swap")
    assert "Only to know" not in sent.body
    assert digests.send_digests(now=MONDAY + timedelta(days=11)) == 1, "the rest waits until they are back"
    assert mail.outbox[1].to == [owner.email]
    assert "Only to know" in mail.outbox[1].body
    assert "Shift swap" not in mail.outbox[1].body


def test_a_delegate_with_nothing_of_their_own_is_mailed_too_and_nobody_without_a_delegate_is_forgotten(owner, outsider):
    Absence.objects.create(user=owner, delegate=outsider, starts_on=MONDAY.date(), ends_on=MONDAY.date())
    alone = make_person("Kim Lee")
    Absence.objects.create(user=alone, starts_on=MONDAY.date(), ends_on=MONDAY.date())
    tell(owner)
    tell(alone)
    assert digests.send_digests(now=MONDAY) == 2
    assert {sent.to[0] for sent in mail.outbox} == {outsider.email, alone.email}


def test_a_crash_between_claim_and_sending_is_made_good(owner):
    tell(owner)
    [(person, day)] = digests.due(MONDAY, {})
    claimed = digests.claim(person, day, {}, now=MONDAY)
    assert digests.claim(person, day, {}, now=MONDAY) is None, "a second run finds it claimed"
    assert digests.send_digests(now=MONDAY + timedelta(minutes=9)) == 0
    assert digests.send_digests(now=MONDAY + timedelta(minutes=15)) == 1
    assert digests.send_digests(now=MONDAY + timedelta(minutes=30)) == 0
    assert not digests.send(claimed, now=MONDAY)
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_down_is_tried_again_and_given_up_after_a_day(owner, settings):
    tell(owner)
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    assert digests.send_digests(now=MONDAY) == 0
    assert digests.send_digests(now=MONDAY + timedelta(hours=25)) == 0
    settings.EMAIL_BACKEND = working
    assert Notification.objects.get().digest.day == date(2026, 11, 24)
    assert digests.send_digests(now=MONDAY + timedelta(hours=26)) == 1


def test_a_kind_may_bring_its_own_link(owner, monkeypatch):
    monkeypatch.setitem(digests.LINKS, "tests_ends", lambda notification, reader: f"/answer/{reader.pk}/")
    tell(owner)
    digests.send_digests(now=MONDAY)
    assert f"Renew: http://127.0.0.1:8000/answer/{owner.pk}/" in mail.outbox[0].body


def test_a_long_digest_is_cut_and_says_so(owner):
    for number in range(digest_mail.SHOWN + 5):
        tell(owner, f"App {number}")
    digests.send_digests(now=MONDAY)
    assert "And 5 more" in mail.outbox[0].body
    assert not Notification.objects.filter(digest=None).exists()


@pytest.mark.parametrize("people", [3, 60])
def test_who_is_due_is_one_question_to_the_database(people, django_assert_num_queries):
    for number in range(people):
        tell(make_person(f"Person {number}"))
    with django_assert_num_queries(2):
        assert len(digests.due(MONDAY, {1: 2})) == people
