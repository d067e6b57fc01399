from datetime import timedelta

import pytest

from catalog.actions.answer_links import Dead, Unknown, find, make, redeem
from catalog.actions.renewals import renew
from catalog.models import AnswerLink, Renewal
from tests.makers.catalog import NOW, make_app
from tests.racing import race

pytestmark = pytest.mark.django_db
OPEN = NOW + timedelta(days=70)


@pytest.fixture
def app(owner, second_owner):
    return make_app(owner=owner, second_owner=second_owner)


def token_of(path: str) -> str:
    return path.split("/")[2]


def renewing(now=OPEN):
    return lambda app, person: renew(app, days=90, by=person, now=now, way="mail")


def test_only_the_digest_is_kept(app, owner):
    token = token_of(make(app, owner, now=OPEN))
    link = AnswerLink.objects.get()
    assert token not in (link.token_digest, str(link.pk))
    assert (len(token), len(link.token_digest)) == (43, 64)
    assert find(token, now=OPEN).person == owner


def test_it_answers_once(app, owner):
    token = token_of(make(app, owner, now=OPEN))
    redeem(token, renewing(), now=OPEN)
    with pytest.raises(Dead):
        redeem(token, renewing(), now=OPEN)
    assert Renewal.objects.get().way == "mail"


def test_a_refused_answer_leaves_the_link_good(app, owner):
    token = token_of(make(app, owner, now=OPEN))

    def refuse(app, person):
        raise ValueError

    with pytest.raises(ValueError):
        redeem(token, refuse, now=OPEN)
    assert find(token, now=OPEN)


def test_its_time_ends_with_the_grace(app, owner):
    token = token_of(make(app, owner, now=OPEN))
    assert find(token, now=OPEN + timedelta(days=34))
    with pytest.raises(Dead):
        find(token, now=OPEN + timedelta(days=35))


def test_another_term_ends_it(app, owner):
    token = token_of(make(app, owner, now=OPEN))
    renew(app, days=90, by=owner, now=OPEN)
    with pytest.raises(Dead):
        find(token, now=OPEN)


def test_a_closed_account_ends_it(app, owner):
    token = token_of(make(app, owner, now=OPEN))
    owner.is_active = False
    owner.save(update_fields=["is_active"])
    with pytest.raises(Dead):
        find(token, now=OPEN)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "a" * 5000, "\x00", "é" * 43])
def test_a_forged_one_is_unknown(app, owner, token):
    make(app, owner, now=OPEN)
    with pytest.raises(Unknown):
        find(token, now=OPEN)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_answer_once(owner, second_owner):
    for turn in range(10):
        app = make_app(f"App {turn}", owner=owner, second_owner=second_owner)
        token = token_of(make(app, owner, now=OPEN))
        results = race(*[lambda token=token: redeem(token, renewing(), now=OPEN)] * 2)
        assert sum(isinstance(one, Dead) for one in results) == 1, results
        assert Renewal.objects.filter(app=app).count() == 1
