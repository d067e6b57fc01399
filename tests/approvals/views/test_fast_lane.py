"""The fast lane as a maker, a reviewer and the measured rate see it: through the pages, with a certification that is held."""

import pytest
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from approvals.models import ApprovalRequest, FastLanePass, RuleVersion
from catalog.actions import changes
from catalog.models import MicroApp
from catalog.states import AppState
from tests.makers.catalog import make_app, make_connector
from tests.makers.training import make_award

pytestmark = pytest.mark.django_db


@pytest.fixture
def certified(owner):
    """The owner has earned a badge."""
    return make_award(owner, slug="foundations", title="Foundations")


def post_submission(client, owner, second_owner, **fields):
    app = make_app(owner=owner, second_owner=second_owner, state=AppState.DRAFT, **fields)
    client.force_login(owner)
    with zeal_ignore():  # the decision locks the app that asking has locked already
        assert client.post(reverse("catalog:submission_create", args=[app.slug])).status_code in (302, 303)
    app.refresh_from_db()
    return app


def test_a_certified_maker_is_live_in_the_same_request(client, certified, owner, second_owner, reviewer):
    app = post_submission(client, owner, second_owner)
    asked = ApprovalRequest.objects.get()
    assert (app.state, asked.state, asked.is_fast_lane, asked.decided_by) == (AppState.ACTIVE, "approved", True, None)
    passed = FastLanePass.objects.get()
    assert passed.inputs["facts"]["certification"] == "Foundations"
    assert not asked.stages.exists()
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "Decided by the rules" in page
    assert passed.seed in page


def test_without_a_certification_a_person_decides_and_the_page_says_why(client, owner, second_owner, reviewer):
    app = post_submission(client, owner, second_owner)
    assert app.state == AppState.IN_REVIEW
    page = client.get(ApprovalRequest.objects.get().get_absolute_url()).content.decode()
    assert "Its owner holds no valid certification." in page


def test_medium_risk_never_takes_it(client, certified, owner, second_owner, reviewer):
    assert post_submission(client, owner, second_owner, data_classification="personal").state == AppState.IN_REVIEW


def test_a_certified_change_takes_it_too(owner, second_owner, reviewer):
    app = make_app(owner=owner, second_owner=second_owner)
    make_award(owner)
    connector = make_connector()
    changed = changes.change(
        app, values={"connectors": [connector]}, by=owner, now=timezone.now(), reason="Orders too."
    )
    asked = ApprovalRequest.objects.get(kind="change")
    assert (asked.is_fast_lane, changed.proposal.request) == (True, asked)
    assert MicroApp.objects.get().connector_uses.get().connector == connector


def test_a_reviewer_judges_once_and_the_rate_is_measured(client, certified, owner, second_owner, reviewer, staff):
    RuleVersion.objects.create(name="fast_lane", number=1, values={"audit_share": 100}, reason="All.", by=staff)
    post_submission(client, owner, second_owner)
    asked = ApprovalRequest.objects.get()
    url = reverse("approvals:verdict_create", args=[asked.pk])
    client.force_login(reviewer)
    listed = client.get(reverse("approvals:fast_lane_list")).content.decode()
    assert "Shift swap" in listed
    assert "the share of wrong passes is not known" in listed
    assert client.post(url, {"verdict-verdict": "wrong"}).status_code == 422
    data = {"verdict-verdict": "wrong", "verdict-note": "It calls a host that the form does not name."}
    assert client.post(url, data).status_code == 303
    assert client.post(url, data).status_code == 409
    listed = client.get(reverse("approvals:fast_lane_list"), {"tab": "audited"}).content.decode()
    assert "1 of 1 looked at should not have passed" in listed


def test_nobody_judges_their_own(client, second_owner, reviewer):
    make_award(reviewer)
    post_submission(client, reviewer, second_owner)
    url = reverse("approvals:verdict_create", args=[ApprovalRequest.objects.get().pk])
    assert client.post(url, {"verdict-verdict": "right", "verdict-note": "Fine."}).status_code == 403


def test_a_closed_lane_is_closed(client, certified, owner, second_owner, staff):
    RuleVersion.objects.create(name="fast_lane", number=1, values={"is_open": 0}, reason="Stop.", by=staff)
    assert post_submission(client, owner, second_owner).state == AppState.IN_REVIEW
