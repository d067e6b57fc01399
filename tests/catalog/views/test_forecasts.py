"""The risk a maker sees before anybody is asked: beside the form, and on the page before sending."""

import pytest
from django.urls import reverse

from approvals.actions import starters
from approvals.models import ApprovalRequest, PolicyCheck
from catalog.models import MicroApp
from catalog.states import AppState
from tests.makers.catalog import NOW, make_app
from tests.makers.posts import make_post
from tests.makers.training import make_award

pytestmark = pytest.mark.django_db
URL = reverse("catalog:forecast_create")


@pytest.fixture
def fill_in(client, owner, second_owner):
    client.force_login(owner)

    def post(url=URL, **changes):
        response = client.post(url, make_post(owner, second_owner, **changes))
        assert response.status_code == 200
        return response.content.decode()

    return post


def test_a_harmless_app_is_low_risk_and_says_who_decides(fill_in):
    text = fill_in()
    assert "Low risk" in text
    assert "Nothing raises the risk." in text
    assert "within 2 business days" in text
    assert "Its owner holds no valid certification." in text


def test_each_factor_says_what_would_lower_it(fill_in):
    text = fill_in(data_classification="personal", hosts="api.partner.example", needs_nothing="")
    assert "High risk" in text
    assert "It calls hosts outside without a connector: api.partner.example." in text
    assert "Use a connector of the catalog" in text
    assert "Security → Legal and data → Business" in text


def test_policies_are_asked_once_the_form_is_complete(fill_in):
    starters.load(now=NOW)
    hosts = {"hosts": "api.partner.example", "needs_nothing": ""}
    assert "The policies are asked as soon as the form is complete." in fill_in(name="", **hosts)
    text = fill_in(**hosts)
    assert "External host not allowed: api.partner.example" in text
    assert not PolicyCheck.objects.exists()


def test_nothing_is_stored_and_nothing_breaks(fill_in):
    for garbage in ({"audience_size": "many"}, {"data_classification": "x"}, {"connectors": "none"}, {"tags": "x"}):
        fill_in(**garbage)
    assert not MicroApp.objects.exists()
    assert not ApprovalRequest.objects.exists()


def test_the_forecast_of_an_app_that_is_there(fill_in, client, owner, second_owner, outsider):
    app = make_app("Other", owner=owner, second_owner=second_owner, state=AppState.DRAFT)
    assert "Low risk" in fill_in(f"{URL}?app={app.slug}")
    client.force_login(outsider)
    assert client.post(f"{URL}?app={app.slug}", {}).status_code == 404


def test_the_page_before_sending_works_without_script(client, owner, second_owner, reviewer):
    client.force_login(owner)
    saved = client.post(reverse("catalog:micro_app_create"), make_post(owner, second_owner, then="review"))
    app = MicroApp.objects.get()
    url = reverse("catalog:submission_create", args=[app.slug])
    assert (saved.status_code, saved["Location"]) == (303, url)
    page = client.get(url).content.decode()
    assert "Low risk" in page
    assert "Send Shift swap for review" in page
    app.refresh_from_db()
    assert app.state == AppState.DRAFT
    assert client.post(url).status_code == 303
    assert client.get(url)["Location"] == app.get_absolute_url()


def test_a_certified_owner_is_told_of_the_fast_lane(fill_in, owner):
    make_award(owner)
    assert "By the fast lane, at once." in fill_in()
