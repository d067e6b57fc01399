import pytest
from django.urls import reverse


@pytest.mark.django_db
@pytest.mark.parametrize("choice", ["auto", "light", "dark"])
def test_the_choice_is_kept_and_the_page_comes_back(client, choice):
    response = client.post(reverse("theme"), {"theme": choice, "next": "/help/?a=1"})
    assert response.status_code == 303
    assert response["Location"] == "/help/?a=1"
    assert response.cookies["theme"].value == choice


@pytest.mark.django_db
def test_the_next_page_is_right_from_its_first_byte(client):
    client.post(reverse("theme"), {"theme": "dark"})
    assert b'data-theme="dark"' in client.get(reverse("account_login")).content


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_it_never_leads_off_the_site(client, page):
    assert client.post(reverse("theme"), {"theme": "dark", "next": page})["Location"] == "/"


@pytest.mark.django_db
def test_an_unknown_theme_is_not_kept(client):
    response = client.post(reverse("theme"), {"theme": '"><script>'})
    assert "theme" not in response.cookies
    client.cookies["theme"] = '"><script>'
    assert b'data-theme="auto"' in client.get(reverse("account_login")).content


@pytest.mark.django_db
def test_it_needs_a_form(client):
    assert client.get(reverse("theme")).status_code == 405
