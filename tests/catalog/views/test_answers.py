from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.actions.answer_links import make
from catalog.models import Renewal
from portal.digest_mail import LINKS
from portal.models import AuditEvent, Notification
from tests.makers.catalog import make_app

pytestmark = pytest.mark.django_db
RENEW = {"answer": "renew", "days": "90"}


@pytest.fixture
def app(owner, second_owner):
    now = timezone.now()
    return make_app(owner=owner, second_owner=second_owner, now=now, expires_on=now.date() + timedelta(days=9))


@pytest.fixture
def url(app, owner):
    return make(app, owner, now=timezone.now())


def test_reading_answers_nothing_and_leaks_nothing(client, app, url, owner):
    for _turn in range(3):
        response = client.get(url)
    text = response.content.decode()
    assert response.status_code == 200
    assert app.name in text
    assert not any(word in text for word in (owner.email, owner.name, app.purpose, app.contact, str(app.cost_centre)))
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    assert "no-store" in response["Cache-Control"]
    assert not Renewal.objects.exists()


def test_it_answers_once_and_the_history_says_by_mail_link(client, app, url):
    assert "renewed until" in client.post(url, RENEW).content.decode()
    assert AuditEvent.objects.get(verb="catalog.app_renewed").actor_name == "Priya Nair, by mail link"
    for replay in (client.post(url, RENEW), client.get(url)):
        assert replay.status_code == 410
        assert app.name not in replay.content.decode()
    assert Renewal.objects.count() == 1


def test_archiving_and_handing_over_need_a_reason(client, app, url, outsider):
    assert client.post(url, {"answer": "archive", "days": "90"}).status_code == 422
    data = {"answer": "hand_over", "days": "90", "reason": "She runs it.", "taker_email": "nobody@example.org"}
    assert client.post(url, data).status_code == 422
    assert client.post(url, {**data, "taker_email": outsider.email}).status_code == 200
    assert app.hand_overs.get().taker == outsider


def test_a_forged_link_is_not_found_and_says_where_to_go(client, url):
    response = client.get("/answers/forged/")
    assert response.status_code == 404
    assert "Sign in" in response.content.decode()


def test_a_link_of_somebody_who_lost_the_app_no_longer_answers(client, app, url, outsider):
    app.owner = outsider
    app.save(update_fields=["owner"])
    assert client.post(url, RENEW).status_code == 410


def test_the_digest_carries_a_link_for_who_may_answer_and_the_page_for_others(client, app, owner, outsider):
    row = Notification(kind="term_ends", about_id=app.pk, url=app.get_absolute_url())
    assert client.get(LINKS["term_ends"](row, owner)).status_code == 200
    assert LINKS["term_over"](row, outsider) == app.get_absolute_url()
