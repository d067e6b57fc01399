"""Search and the palette: one page, one fragment, what the reader may see."""

import pytest

from tests.makers.portal import make_person

pytestmark = pytest.mark.django_db


def found(response, key):
    """The names of the hits of one group."""
    return [hit.name for group, hits in response.context["groups"] if group.key == key for hit in hits]


def test_the_page_works_without_script(client, outsider, owner):
    client.force_login(outsider)
    response = client.get("/search/?q=priya")
    html = response.content.decode()
    assert found(response, "people") == ["Priya Nair"]
    assert owner.get_absolute_url() in html
    assert html.count("<h1>") == 1
    assert 'class="palette-form"' in html


def test_the_palette_gets_the_hits_only(client, outsider, owner):
    client.force_login(outsider)
    response = client.get("/search/?q=priya", headers={"HX-Request": "true"})
    assert response.content.decode().strip().startswith('<div class="hits" id="search_hits">')
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("words", ["Pria Nair", "priya niar", "nair", "PRIYA.NAIR@", "  priya   nair "])
def test_typing_errors_are_forgiven(client, outsider, owner, words):
    client.force_login(outsider)
    assert found(client.get("/search/", {"q": words}), "people") == ["Priya Nair"]


def test_the_closest_name_comes_first(client, outsider):
    for name in ("Nairobi Okafor", "Priya Nair", "Nair Priyanka"):
        make_person(name)
    client.force_login(outsider)
    assert found(client.get("/search/?q=Priya Nair"), "people")[0] == "Priya Nair"


def test_closed_accounts_and_services_are_not_found(client, outsider, owner):
    make_person("Zoe Gone", is_active=False)
    make_person("Zoe Service", is_service=True, steward=owner)
    client.force_login(outsider)
    assert found(client.get("/search/?q=zoe"), "people") == []


def test_pages_are_those_of_the_role(client, outsider, staff):
    client.force_login(outsider)
    assert found(client.get("/search/?q=peo"), "pages") == []
    assert found(client.get("/search/?q=new per"), "actions") == []
    client.force_login(staff)
    assert found(client.get("/search/?q=peo"), "pages") == ["People"]
    assert found(client.get("/search/?q=new per"), "actions") == ["New person"]


def test_before_anything_is_typed_it_says_where_one_can_go_and_what_was_opened(client, outsider, owner, second_owner):
    client.force_login(outsider)
    for person in (owner, second_owner, owner):
        client.get(person.get_absolute_url())
    response = client.get("/search/")
    assert [item["name"] for item in response.context["recent"]] == ["Priya Nair", "Tomas Ruiz"]
    assert "Home" in found(response, "pages")
    assert found(response, "people") == []


def test_only_the_last_five_are_kept(client, outsider):
    people = [make_person(f"Person {letter}") for letter in "ABCDEFG"]
    client.force_login(outsider)
    for person in people:
        client.get(person.get_absolute_url())
    names = [item["name"] for item in client.get("/search/").context["recent"]]
    assert names == [f"Person {letter}" for letter in "GFEDC"]


def test_nothing_found_says_what_to_do(client, outsider):
    client.force_login(outsider)
    assert "Nothing found for “qqqqqq”." in client.get("/search/?q=qqqqqq").content.decode()


@pytest.mark.parametrize(
    "words",
    [
        "%00",
        "%27%22%29%28%3A%2A%26",
        "%25%25",
        "a" * 5000,
        "<script>",
        "%F0%9F%90%99%F0%9F%90%99",
        "\\\\",
        "-",
        "or and",
    ],
)
def test_odd_words_are_only_words(client, outsider, words):
    client.force_login(outsider)
    response = client.get(f"/search/?q={words}")
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("people", [3, 300])
def test_the_palette_costs_at_most_twelve_queries(client, staff, people, django_assert_max_num_queries):
    for number in range(people):
        make_person(f"Priya Nair {number:03}")
    client.force_login(staff)
    with django_assert_max_num_queries(12) as counted:
        response = client.get("/search/?q=priya", headers={"HX-Request": "true"})
    assert len(found(response, "people")) == min(people, 6)
    assert len(counted) == 11
