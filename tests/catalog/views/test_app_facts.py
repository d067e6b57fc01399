from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.models import AppFact
from tests.makers.catalog import make_app


@pytest.fixture
def keeper(client, staff):
    client.force_login(staff)
    return client


def test_staff_set_a_mark_and_end_it(keeper, staff):
    app = make_app()
    url = reverse("catalog:fact_create", args=[app.slug])
    last = timezone.localdate() + timedelta(days=9)
    assert keeper.post(url, {"kind": "featured", "reason": "Audit.", "last_day": last.isoformat()}).status_code == 303
    fact = AppFact.objects.get()
    assert (fact.by, fact.until.date()) == (staff, last + timedelta(days=1))
    assert keeper.post(url, {"kind": "featured", "reason": "Audit.", "last_day": last.isoformat()}).status_code == 409
    end = reverse("catalog:fact_end_create", args=[app.slug, fact.pk])
    assert keeper.get(end).status_code == 200
    assert keeper.post(end, {"reason": "Done."}).status_code == 303
    assert keeper.post(end, {"reason": "Done."}).status_code == 409


@pytest.mark.parametrize(
    "post",
    [
        {"kind": "exemption", "reason": "Why."},
        {"kind": "featured", "reason": ""},
        {"kind": "nonsense", "reason": "Why."},
        {"kind": "featured", "reason": "Why.", "last_day": "2020-01-01"},
        {"kind": "featured", "reason": "Why.", "last_day": "9999-12-31"},
    ],
)
def test_bad_input_is_sent_back(keeper, post):
    url = reverse("catalog:fact_create", args=[make_app().slug])
    assert keeper.post(url, post).status_code == 422
    assert not AppFact.objects.exists()


def test_owners_and_others_are_refused_with_a_sentence(client, owner, second_owner):
    app = make_app(owner=owner, second_owner=second_owner)
    client.force_login(owner)
    response = client.post(reverse("catalog:fact_create", args=[app.slug]), {"kind": "featured", "reason": "Best."})
    assert response.status_code == 403


def test_a_mark_of_another_app_is_not_found(keeper, staff):
    one, other = make_app("One"), make_app("Other")
    fact = AppFact.objects.create(app=one, kind="featured", reason="x", by=staff)
    assert keeper.post(reverse("catalog:fact_end_create", args=[other.slug, fact.pk])).status_code == 404
