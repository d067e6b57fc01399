"""The desk: what waits, who answers for a template, featuring it, and taking it out and back."""

import pytest
from django.urls import reverse

from catalog.actions.marketplace import templates
from catalog.models import AppTemplate, Wish
from catalog.states import AppState
from portal.models import AuditEvent
from tests.makers.catalog import NOW
from tests.makers.marketplace import bring, check, keeper, make_clone, make_template, publish
from tests.makers.portal import make_person, make_unit

pytestmark = pytest.mark.django_db
DESK = "/templates/desk/"


def names(page):
    return [one.name for one in page.context["page"].rows]


def address(name, template):
    return reverse(f"catalog:{name}", args=[template.slug])


@pytest.fixture
def template():
    return make_template(("1.0.0",))


@pytest.fixture
def desk(client, template):
    """The browser of who keeps it."""
    client.force_login(keeper())
    return client


class TestTheList:
    def test_staff_see_all_and_others_what_they_keep_also_for_a_service(self, client, owner, staff, template):
        mine, robots = bring(name="Mine").template, bring(name="A robot's").template
        robot = make_person("Robot", is_service=True, steward=owner)
        AppTemplate.objects.filter(pk=mine.pk).update(owner=owner)
        AppTemplate.objects.filter(pk=robots.pk).update(owner=robot)
        client.force_login(owner)
        page = client.get(DESK)
        assert names(page) == ["A robot's", "Mine"] and "Bring a template</a>" not in page.content.decode()
        assert client.get(address("template_desk_detail", robots)).status_code == 200
        client.force_login(staff)
        page = client.get(DESK)
        assert names(page) == ["A robot's", "Leave approval", "Mine"] and "/templates/new/" in page.content.decode()

    @pytest.mark.parametrize(
        ("state", "found"),
        [
            ("", ["Leave approval", "Only a draft", "To send"]),
            ("waiting", ["Only a draft", "To send"]),
            ("unpublished", ["Only a draft", "To send"]),
            ("deprecated", ["Old"]),
            ("nonsense", ["Leave approval", "Only a draft", "To send"]),
        ],
    )
    def test_what_each_state_shows(self, desk, state, found):
        bring(name="Only a draft")
        check(bring(name="To send"))
        old = make_template(("1.0.0",), name="Old")
        templates.deprecate(old, reason="Old.", successor=None, by=keeper(), now=NOW)
        assert names(desk.get(f"{DESK}?state={state}")) == found

    def test_a_row_says_what_waits_and_who_is_behind(self, desk, template, owner, second_owner):
        make_clone(template, owner=owner, number="1.0.0", state=AppState.ACTIVE)
        make_clone(template, owner=owner, number="1.0.0", name="Still a draft")
        for number in ("1.1.0", "1.2.0"):
            bring(number, template=template)
        check(bring("1.3.0", template=template))
        (row,) = desk.get(DESK).context["page"].rows
        assert (row.in_draft, row.ready, row.in_review, row.live_clones, row.behind) == (2, 1, 0, 1, 0)
        publish(bring("1.4.0", template=template))
        (row,) = desk.get(DESK).context["page"].rows
        assert (row.latest.number, row.live_clones, row.behind) == ("1.4.0", 1, 1)
        assert f"{template.slug}/clones/?behind=1" in desk.get(DESK).content.decode()

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_for_one_and_three(self, desk, count, django_assert_num_queries):
        for number in range(count - 1):
            bring(name=f"Template {number}")
        desk.get(DESK)
        with django_assert_num_queries(10):
            assert len(desk.get(DESK).context["page"].rows) == count

    def test_nothing_there_offers_the_one_thing_to_do(self, client, staff, outsider):
        client.force_login(staff)
        assert "You keep no template yet" in client.get(DESK).content.decode()
        client.force_login(outsider)
        page = client.get(DESK).content.decode()
        assert "You keep no template yet" in page and "/templates/new/" not in page


class TestKeeping:
    def test_who_answers_for_it_is_changed_and_written_down(self, desk, template, owner):
        make_unit("Finance")
        answer = desk.post(address("template_edit", template), {"owner": owner.email, "team": "finance"})
        assert answer.status_code == 303
        template.refresh_from_db()
        assert (template.owner, template.team.name) == (owner, "Finance")
        event = AuditEvent.objects.filter(verb="catalog.template_changed").get()
        assert event.changes["owner"] == ["ilse.maar@example.org", "priya.nair@example.org"]

    @pytest.mark.parametrize("typed", [{"owner": ""}, {"owner": "nobody@example.org"}, {"owner": "x", "team": "none"}])
    def test_what_is_wrong_comes_back_as_it_was_typed(self, desk, template, typed):
        answer = desk.post(address("template_edit", template), typed)
        assert answer.status_code == 422 and typed["owner"] in answer.content.decode()

    def test_staff_feature_it_and_a_keeper_who_is_no_staff_does_not(self, client, desk, template, owner):
        for _twice in range(2):
            assert desk.post(address("template_feature_create", template), {"featured": "1"}).status_code == 303
        assert AuditEvent.objects.filter(verb="catalog.template_featured").count() == 1
        AppTemplate.objects.filter(pk=template.pk).update(owner=owner)
        client.force_login(owner)
        assert client.post(address("template_feature_create", template), {"featured": "0"}).status_code == 403
        template.refresh_from_db()
        assert template.featured_at is not None
        assert "Feature it" not in client.get(address("template_desk_detail", template)).content.decode()


class TestTakingItOut:
    def test_the_page_says_who_is_affected(self, desk, template, owner, second_owner, staff):
        make_clone(template, owner=owner)
        Wish.objects.create(
            title="Leave", why="x", by=owner, state="fulfilled", template=template, answered_by=staff, answered_at=NOW
        )
        page = desk.get(address("template_deprecation_create", template)).content.decode()
        assert "1 app is made from it." in page and "1 wish was answered with it." in page

    def test_it_is_taken_out_with_a_reason_and_a_successor_and_brought_back(self, desk, template):
        other = make_template(("1.0.0",), name="Other")
        url = address("template_deprecation_create", template)
        assert desk.post(url, {"reason": "", "successor": ""}).status_code == 422
        assert desk.post(url, {"reason": "Old.", "successor": template.slug}).status_code == 422
        assert desk.post(url, {"reason": "Old.", "successor": other.slug}).status_code == 303
        assert desk.post(url, {"reason": "Old.", "successor": other.slug}).status_code == 409
        template.refresh_from_db()
        assert (template.is_deprecated, template.successor, template.deprecation_reason) == (True, other, "Old.")
        page = desk.get(address("template_deprecation_create", other)).content.decode()
        assert "name it as what to take instead" in page and template.name in page
        revival = address("template_revival_create", template)
        assert desk.post(revival).status_code == 303
        assert desk.post(revival).status_code == 409
        template.refresh_from_db()
        assert not template.is_deprecated


POSTS = ["template_edit", "template_feature_create", "template_revival_create"]
PAGES = ["template_desk_detail", "template_deprecation_create", "template_version_create"]


@pytest.mark.parametrize("name", [*POSTS, *PAGES])
def test_nobody_else_gets_in(client, outsider, reviewer, template, name):
    draft = bring(name="Secret draft").template
    for person in (outsider, reviewer):
        client.force_login(person)
        for method in ("get", "post"):
            if method == "get" and name in POSTS:
                assert client.get(address(name, template)).status_code == 405
                continue
            if method == "post" and name == "template_desk_detail":
                continue
            ask = getattr(client, method)
            assert ask(address(name, template), {"reason": "x"}).status_code == 403
            assert ask(address(name, draft), {"reason": "x"}).status_code == 404
    template.refresh_from_db()
    assert not template.is_deprecated and template.featured_at is None
