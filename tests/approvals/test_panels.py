"""What home and search say of approvals, to whom it matters."""

from datetime import timedelta

import pytest
from django.utils import timezone

from approvals.actions import starters
from approvals.actions.checks import check_things
from approvals.models import Policy
from approvals.models.policy_check import Cause
from catalog.actions.submissions import SOURCE, submit
from catalog.states import AppState
from portal.search import search
from tests.makers.catalog import NOW, make_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def violation(owner, second_owner):
    app = make_app(owner=owner, second_owner=second_owner)
    starters.load(now=NOW, mode="enforce")
    app.hosts.create(host="api.partner.example")
    policy = Policy.objects.select_related("active").get(slug="external-hosts")
    check_things(SOURCE, [app.pk], policies=[policy], cause=Cause.NIGHTLY, now=timezone.now() - timedelta(days=90))


def home(client, person):
    client.force_login(person)
    return client.get("/").content.decode()


def test_owners_see_what_they_have_to_put_right(client, violation, owner, outsider):
    assert "To put right" in home(client, owner)
    assert "Late" in home(client, owner)
    assert "To put right" not in home(client, outsider)


def test_requests_and_policies_are_found_by_those_who_may_see_them(owner, second_owner, reviewer, outsider):
    starters.load(now=NOW)
    submit(make_app("Zebra desk", owner=owner, second_owner=second_owner, state=AppState.DRAFT), by=owner, now=NOW)
    keys = lambda user, words: {group.key for group, _hits in search(user, words)}  # noqa: E731
    assert "requests" in keys(reviewer, "zebra")
    assert "requests" in keys(owner, "zebra")
    assert "requests" not in keys(outsider, "zebra")
    assert "policies" in keys(outsider, "hosts")
