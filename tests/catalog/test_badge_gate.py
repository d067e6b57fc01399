"""Connectors that ask for a badge: refused with the way to earn it, opened by it, and kept."""

import pytest
from django.utils import timezone

from catalog.actions import submissions
from catalog.states import AppState
from portal.states import InvalidTransition
from tests.makers.catalog import make_app, make_connector
from tests.makers.training import make_award
from training.models import GateDecision

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(owner, second_owner):
    app = make_app("Pay board", owner=owner, second_owner=second_owner, state=AppState.DRAFT)
    app.connector_uses.create(connector=make_connector("Payroll", badge_level=2))
    return app


def test_without_the_badge_the_request_is_refused_and_says_where_it_is_earned(draft, owner):
    make_award(owner)  # of the first level
    with pytest.raises(InvalidTransition, match="which nobody can earn yet"):
        submissions.submit(draft, by=owner, now=timezone.now())
    make_award(draft.second_owner, slug="builder", level=2, title="Builder")
    with pytest.raises(InvalidTransition, match="Earn the badge at /badges/builder/"):
        submissions.submit(draft, by=owner, now=timezone.now())
    draft.refresh_from_db()
    assert draft.state == AppState.DRAFT


def test_with_the_badge_it_goes_on_and_what_was_read_is_kept(draft, owner):
    award = make_award(owner, slug="builder", level=2, title="Builder")
    submissions.submit(draft, by=owner, now=timezone.now())
    door = GateDecision.objects.get(purpose="connector")
    assert (door.award, door.required, door.about_id, door.allowed) == (award, 2, draft.pk, True)
    assert set(GateDecision.objects.values_list("purpose", flat=True)) == {"connector", "submit"}


def test_the_connector_page_names_the_badge(client, owner, draft):
    make_award(owner, slug="builder", level=2, title="Builder")
    client.force_login(owner)
    page = client.get("/connectors/payroll/").content.decode()
    assert '<a href="/badges/builder/">Builder</a>' in page


def test_the_page_before_sending_says_which_badge_is_missing_and_sending_explains_itself(client, owner, draft):
    make_award(draft.second_owner, slug="builder", level=2, title="Builder")
    client.force_login(owner)
    path = f"/apps/{draft.slug}/submission/"
    page = client.get(path).content.decode()
    assert "asks for the badge Builder" in page and "/badges/builder/" in page
    sent = client.post(path, follow=True)
    assert "Earn the badge at /badges/builder/" in sent.content.decode()
    draft.refresh_from_db()
    assert draft.state == AppState.DRAFT
