import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from portal import htmx


def request(**headers):
    made = RequestFactory().get("/apps/", headers=headers)
    HtmxMiddleware(lambda _: HttpResponse())(made)
    return made


SWAP = {"HX-Request": "true"}
BOOSTED = {"HX-Request": "true", "HX-Boosted": "true"}
RESTORED = {"HX-Request": "true", "HX-History-Restore-Request": "true"}


@pytest.mark.parametrize(("headers", "expected"), [({}, False), (SWAP, True), (BOOSTED, False), (RESTORED, False)])
def test_only_a_swap_wants_a_fragment(headers, expected):
    assert htmx.is_fragment(request(**headers)) is expected


def test_a_request_that_met_no_middleware_wants_a_page():
    assert htmx.is_fragment(RequestFactory().get("/")) is False


def test_a_swap_gets_the_fragment_and_caches_keep_them_apart():
    response = htmx.render_page(
        request(**SWAP), "portal/help_index.html", {"text": "Active", "tone": "ok"}, "components/badge.html"
    )
    assert response.content.decode().strip() == '<span class="badge" data-tone="ok">Active</span>'
    assert "HX-Request" in response["Vary"]


def test_a_page_is_a_page_and_keeps_its_status():
    response = htmx.render_page(
        request(), "components/badge.html", {"text": "Active"}, "components/chips.html", status=422
    )
    assert response.status_code == 422
    assert b"Active" in response.content


def test_after_a_post_the_next_page_is_fetched():
    response = htmx.redirect(request(), "help_page", "roles")
    assert response.status_code == 303
    assert response["Location"] == "/help/roles/"


def test_a_swap_is_told_to_load_the_next_page():
    response = htmx.redirect(request(**SWAP), "help_page", slug="roles")
    assert response.status_code == 200
    assert response["HX-Redirect"] == "/help/roles/"
