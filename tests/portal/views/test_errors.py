from urllib.parse import unquote

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory
from django.urls import path, reverse

from portal import urls
from portal.states import InvalidTransition
from portal.views import errors

SENTENCE = "Ask the board for the reviewer role."


def raising(exception):
    def view(request):
        raise exception

    return view


urlpatterns = [
    path("denied/", raising(PermissionDenied(SENTENCE))),
    path("denied-plainly/", raising(PermissionDenied())),
    path("conflict/", raising(InvalidTransition("It was archived on 2 March."))),
    path("gone/", raising(Http404("No MicroApp matches the given query."))),
    path("big/", raising(RequestDataTooBig("too big"))),
    path("post-only/", lambda request: HttpResponseNotAllowed(["POST"])),
    path("broken/", raising(ValueError("secret detail"))),
    path("away/", raising(OperationalError("connection refused"))),
    path("form/", lambda request: HttpResponse("saved")),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500

SWAP = {"HX-Request": "true", "HX-Current-URL": "http://testserver/apps/?q=a&page=2"}
CASES = [
    ("/denied/", 403, SENTENCE),
    ("/denied-plainly/", 403, "Ask the C4E team which role you need."),
    ("/conflict/", 409, "It was archived on 2 March."),
    ("/gone/", 404, "There is no page at this address."),
    ("/nowhere/at-all/", 404, "There is no page at this address."),
    ("/big/", 413, "Text may be up to 2 MB."),
    ("/post-only/", 405, "This address only takes a form."),
]


@pytest.fixture(autouse=True)
def here(settings, caplog):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def reader(client, owner):
    client.force_login(owner)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(("url", "status", "sentence"), CASES)
def test_a_page_says_what_happened_inside_the_shell(reader, url, status, sentence):
    response = reader.get(url)
    html = response.content.decode()
    assert response.status_code == status
    assert sentence in html
    assert html.count("<h1>") == 1
    assert 'class="sidebar"' in html
    assert "given query" not in html


@pytest.mark.parametrize(("url", "status", "sentence"), CASES)
def test_a_fragment_gets_the_sentence_for_its_toast(reader, url, status, sentence):
    response = reader.get(url, headers=SWAP)
    assert response.status_code == status
    assert sentence in response.content.decode()
    assert sentence in unquote(response["X-Message"])
    assert "<html" not in response.content.decode()


def test_a_stranger_gets_a_page_without_the_shell(client, db):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert b'class="plain"' in response.content
    assert b'class="sidebar"' not in response.content


def test_405_names_the_methods(reader):
    assert reader.get("/post-only/")["Allow"] == "POST"


def test_what_was_typed_is_not_lost_when_the_form_expired(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    response = client.post("/form/", {"why": "Stores <need> it", "password": "kept-out", "csrfmiddlewaretoken": "old"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "Stores &lt;need&gt; it" in html
    assert "kept-out" not in html
    assert "The form has expired" in html


def test_an_expired_fragment_says_so(owner):
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    response = client.post("/form/", {"why": "x"}, headers=SWAP)
    assert response.status_code == 403
    assert "Nothing was saved" in unquote(response["X-Message"])


def test_a_fault_gives_a_number_and_no_detail(reader, django_assert_num_queries):
    response = reader.get("/broken/", headers={"X-Request-ID": "abcdef12-3456"})
    html = response.content.decode()
    assert response.status_code == 500
    assert "abcdef12-3456" in html
    assert "secret detail" not in html
    assert response["X-Request-ID"] == "abcdef12-3456"


def test_a_lost_database_asks_to_come_back(reader):
    response = reader.get("/away/")
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert b"Back in a moment" in response.content


def test_the_fault_page_needs_no_database(django_assert_num_queries, db):
    request = RequestFactory().get("/")
    request.COOKIES["theme"] = "dark"
    with django_assert_num_queries(0):
        response = errors.server_error(request)
    assert b'data-theme="dark"' in response.content


def test_the_fault_page_has_a_last_resort(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(errors.loader, "render_to_string", broken)
    request = RequestFactory().get("/")
    request.id = "<b>"
    response = errors.server_error(request)
    assert response.status_code == 500
    assert b"&lt;b&gt;" in response.content


def test_too_many_tries_say_when_to_come_back(rf, owner):
    request = rf.get("/")
    request.user = owner
    response = errors.too_many(request)
    assert response.status_code == 429
    assert response["Retry-After"] == "300"


def test_a_conflict_leads_back_to_our_own_page_only(reader):
    ours = reader.get("/conflict/", headers={"Referer": "http://testserver/help/"})
    assert b'href="http://testserver/help/"' in ours.content
    theirs = reader.get("/conflict/", headers={"Referer": "https://evil.example/"})
    assert b"evil.example" not in theirs.content


def test_a_session_that_ended_leads_to_sign_in_and_back(client, db):
    response = client.get(reverse("home"), headers=SWAP)
    assert response.status_code == 204
    assert response["HX-Redirect"] == "/accounts/login/?next=%2Fapps%2F%3Fq%3Da%26page%3D2"
