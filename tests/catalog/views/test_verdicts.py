from datetime import timedelta

import pytest
from django.urls import reverse

from tests.makers.catalog import NOW, make_app
from tests.makers.sweeps import make_unused, sweep
from tests.makers.usage import make_collector, make_use

pytestmark = pytest.mark.django_db


def page_of(client, app):
    return client.get(reverse("catalog:verdict_detail", args=[app.slug])).text


def test_says_why_an_app_was_flagged(client, owner, second_owner):
    [app] = make_unused(1, owner=owner, second_owner=second_owner)
    sweep("stale")
    client.force_login(owner)
    page = page_of(client, app)
    assert "Why was Unused 0 flagged?" in page
    assert "At most 0 people used it in 60 days; 3 would be enough, and no ticket is open." in page
    assert "Sign-ins vouches for every day from 23 November 2025 until 22 November 2026." in page


def test_says_that_a_collector_is_behind(client, owner, outsider):
    make_collector(complete_until=NOW.date() - timedelta(days=30))
    app = make_app(owner=owner, now=NOW - timedelta(days=200), expires_on=NOW.date() + timedelta(days=100))
    make_use(app, 1)
    client.force_login(outsider)
    assert "Missing data never counts as no use." in page_of(client, app)
    assert "Incomplete" in page_of(client, app)
