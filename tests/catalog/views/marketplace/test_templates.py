"""The marketplace's pages: filters against a slow count, costs, ratings, wishes, pictures."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from catalog.actions.marketplace import templates
from catalog.filters.templates import TemplateFilter
from catalog.models import AppTemplate, Rating, Wish, WishVote
from catalog.states import AppState
from portal.models import Notification
from tests.makers.catalog import NOW, make_connector
from tests.makers.marketplace import keeper, make_clone, make_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered():
    make_connector("HR system")
    touches = {"data_classification": "personal", "connectors": ["hr-system"], "hosts": ["a.example"]}
    make_template(("1.0.0",))
    board = {"summary": "Stock each morning.", "description": "Numbers of the store."}
    people = {"summary": "Who is where.", "description": "People and rooms."}
    make_template(("1.0.0",), name="Stock board", kind="dashboard", badge="builder", **board)
    make_template(("1.0.0",), name="Staff list", kind="tracker", touches=touches, **people)
    return list(AppTemplate.objects.order_by("name"))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"Leave approval", "Stock board", "Staff list"}),
        ("q=leave", {"Leave approval"}),
        ("q=stok", {"Stock board"}),
        ("kind=dashboard&kind=tracker", {"Stock board", "Staff list"}),
        ("connector=hr-system", {"Staff list"}),
        ("connector=none", {"Leave approval", "Stock board"}),
        ("badge=builder", {"Stock board"}),
        ("risk=high", {"Staff list"}),
        ("kind=nonsense", {"Leave approval", "Stock board", "Staff list"}),
        ("kind=dashboard&badge=none", set()),
    ],
)
def test_what_the_filters_leave(offered, query, names):
    assert {row["name"] for row in TemplateFilter(QueryDict(query)).rows} == names


@pytest.mark.parametrize("query", ["", "kind=dashboard", "badge=none&risk=low", "connector=none&kind=approval&q=e"])
def test_each_count_says_what_one_more_tick_gives(offered, query):
    for facet in TemplateFilter(QueryDict(query)).facets:
        for option in facet.options:
            alone = QueryDict(query, mutable=True)
            alone.setlist(facet.name, [option.value])
            assert option.count == len(TemplateFilter(alone).rows), (facet.name, option.value)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(client, owner, count, django_assert_num_queries):
    for number in range(count):
        make_template(("1.0.0",), name=f"Template {number}")
    client.force_login(owner)
    with django_assert_num_queries(12):
        page = client.get(reverse("catalog:template_list"))
    assert page.content.decode().count('class="tcard"') == count


def test_more_are_shown_by_a_link_that_needs_no_script(client, owner):
    for number in range(11):
        make_template(("1.0.0",), name=f"Template {number:02}")
    client.force_login(owner)
    page = client.get("/templates/?sort=name").content.decode()
    assert page.count('class="tcard"') == 9 and "Show 2 more" in page and "shown=18" in page
    assert client.get("/templates/?sort=name&shown=18").content.decode().count('class="tcard"') == 11


def test_nothing_found_asks_for_it(client, owner):
    client.force_login(owner)
    page = client.get("/templates/?q=room planner").content.decode()
    assert "Ask for a template" in page and "title=room%20planner" in page


def test_the_page_says_why_it_cannot_be_cloned(client, owner, offered):
    client.force_login(owner)
    board = AppTemplate.objects.get(name="Stock board")
    page = client.get(board.get_absolute_url()).content.decode()
    assert "asks for the badge" in page and "/badges/" in page and "Clone template</button>" not in page
    assert client.post(reverse("catalog:clone_draft_create", args=[board.slug])).status_code == 403
    templates.deprecate(board, reason="Too old.", successor=offered[0], by=keeper(), now=NOW)
    page = client.get(board.get_absolute_url()).content.decode()
    assert "Too old." in page and offered[0].name in page


def test_an_old_version_says_so(client, owner):
    template = make_template()
    client.force_login(owner)
    assert "The newest is 1.1.0." in client.get(template.get_absolute_url() + "?version=1.0.0").content.decode()
    for tab in ("overview", "versions", "apps", "ratings"):
        assert client.get(template.get_absolute_url() + f"?tab={tab}").status_code == 200


def test_a_picture_is_shut_in(client, owner):
    template = make_template(("1.0.0",))
    client.force_login(owner)
    answer = client.get(reverse("catalog:template_picture_detail", args=[template.slug, "1.0.0", 0]))
    assert answer["Content-Type"] == "image/svg+xml" and "sandbox" in answer["Content-Security-Policy"]
    assert client.get(reverse("catalog:template_picture_detail", args=[template.slug, "1.0.0", 7])).status_code == 404


class TestRatings:
    def rate(self, client, template, **words):
        return client.post(reverse("catalog:rating_create", args=[template.slug]), words)

    def test_only_after_cloning_and_low_ones_say_why(self, client, owner, second_owner, outsider):
        template = make_template(("1.0.0",))
        client.force_login(owner)
        assert self.rate(client, template, stars="5").status_code == 403
        make_clone(template, owner=owner, state=AppState.ACTIVE)
        answer = self.rate(client, template, stars="2")
        assert answer.status_code == 422 and "what was missing" in answer.content.decode()
        assert self.rate(client, template, stars="2", reason="No dark mode.").status_code == 303
        assert self.rate(client, template, stars="4").status_code == 303
        assert Rating.objects.get().stars == 4
        assert AppTemplate.objects.with_figures().get().stars == 4.0
        client.post(reverse("catalog:rating_delete", args=[template.slug]))
        assert not Rating.objects.exists()
        client.force_login(outsider)
        assert self.rate(client, template, stars="1", reason="x").status_code == 403


class TestWishes:
    def test_asked_voted_for_and_answered(self, client, owner, outsider, staff):
        client.force_login(owner)
        words = {"title": "Room planner", "why": "Every team asks by mail."}
        for _turn in range(2):
            client.post(reverse("catalog:wish_create"), words)
        wish = Wish.objects.get()
        assert WishVote.objects.count() == 1
        client.force_login(outsider)
        vote = reverse("catalog:wish_vote_create", args=[wish.pk])
        for _turn in range(2):
            client.post(vote, {"wanted": "1"})
        assert WishVote.objects.count() == 2
        answer = reverse("catalog:wish_answer_create", args=[wish.pk])
        assert client.post(answer, {"words": "No."}).status_code == 403
        client.force_login(staff)
        assert client.post(answer, {}).status_code == 422
        assert client.post(answer, {"words": "There is a room system."}).status_code == 303
        wish.refresh_from_db()
        assert wish.state == "declined"
        assert set(Notification.objects.filter(kind="wish_answered").values_list("user", flat=True)) == {
            owner.pk,
            outsider.pk,
        }
        assert client.post(vote, {"wanted": "1"}).status_code == 409
        assert client.post(answer, {"words": "Again."}).status_code == 409

    def test_what_is_near_is_shown_first(self, client, owner):
        make_template(("1.0.0",))
        client.force_login(owner)
        assert (
            "Perhaps it is there already" in client.get("/templates/wishes/new/?title=leave approval").content.decode()
        )
