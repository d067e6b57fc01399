import pytest
from django.urls import reverse

from portal import manual


@pytest.fixture(autouse=True)
def signed_in(client, owner):
    client.force_login(owner)


def test_the_index_lists_every_page(client):
    html = client.get(reverse("help_index")).content.decode()
    for page in manual.pages():
        assert reverse("help_page", args=[page.slug]) in html
        assert page.title in html
    assert reverse("help_shortcuts") in html


@pytest.mark.parametrize("slug", manual.SLUGS)
def test_each_page_has_one_heading_and_a_text(client, slug):
    html = client.get(reverse("help_page", args=[slug])).content.decode()
    assert html.count("<h1>") == 1
    assert len(manual.page(slug).html) > 500


def test_every_file_is_a_page():
    assert {path.stem for path in manual.FOLDER.glob("*.md")} == set(manual.SLUGS)


def test_an_unknown_page_leads_to_the_index(client):
    response = client.get(reverse("help_page", args=["no-such-page"]))
    assert response.status_code == 404
    assert b"The help index lists them all" in response.content


def test_the_keys_are_those_of_the_readers_own_pages(client, staff):
    assert b"Go to Home" in client.get(reverse("help_shortcuts")).content
    assert b"Go to Rules" not in client.get(reverse("help_shortcuts")).content


def test_help_is_for_people_who_are_signed_in(client):
    client.logout()
    assert client.get(reverse("help_index")).status_code == 302
