"""Collections of templates, and what an author's page shows of credit."""

import pytest
from django.urls import reverse

from catalog.actions.marketplace import templates
from catalog.models import AppTemplate, Collection
from catalog.states import AppState
from portal.models import AuditEvent
from tests.makers.catalog import NOW
from tests.makers.marketplace import keeper, make_clone, make_template

pytestmark = pytest.mark.django_db
NEW = "/templates/collections/new/"


@pytest.fixture
def template():
    return make_template(("1.0.0",))


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def typed(template, title="Good first app", **changes):
    return {"title": title, "summary": "Small, and soon done.", "templates": [template.slug], **changes}


def verbs():
    return list(AuditEvent.objects.filter(verb__startswith="catalog.collection").values_list("verb", flat=True))


class TestCollections:
    def test_made_shown_changed_and_removed(self, desk, template):
        other = make_template(("1.0.0",), name="Stock board")
        answer = desk.post(NEW, typed(template))
        collection = Collection.objects.get()
        assert (answer.status_code, answer.url) == (303, "/templates/collections/good-first-app/")
        assert "Good first app" in desk.get("/templates/").content.decode()
        assert "Leave approval" in desk.get(collection.get_absolute_url()).content.decode()
        desk.post(reverse("catalog:collection_edit", args=[collection.slug]), typed(other, "Begin here"))
        page = desk.get(collection.get_absolute_url())
        assert "Begin here" in page.content.decode() and page.context["templates"] == [other]
        desk.post(reverse("catalog:collection_removal_create", args=[collection.slug]))
        assert not Collection.objects.exists() and AppTemplate.objects.count() == 2
        assert sorted(verbs()) == [f"catalog.collection_{verb}" for verb in ("changed", "made", "removed")]

    @pytest.mark.parametrize("title", ["New", "集", "書", "Good first app"])
    def test_every_title_gets_an_address_of_its_own(self, desk, template, title):
        desk.post(NEW, typed(template, "本"))
        answer = desk.post(NEW, typed(template, title))
        assert answer.status_code == 303
        assert desk.get(answer.url).context["collection"].title == title

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"title": ""}, "This field is required"),
            ({"templates": []}, "This field is required"),
            ({"templates": ["no-such-template"]}, "Select a valid choice"),
            ({"title": "Taken"}, "There is a collection “Taken” already."),
        ],
    )
    def test_what_is_wrong_is_said_and_kept(self, desk, template, changes, says):
        desk.post(NEW, typed(template, "Taken"))
        answer = desk.post(NEW, typed(template, **changes))
        assert answer.status_code == 422 and says in answer.content.decode()
        assert "Small, and soon done." in answer.content.decode() and Collection.objects.count() == 1

    def test_a_template_taken_out_is_not_offered_there(self, desk, template):
        desk.post(NEW, typed(template))
        templates.deprecate(template, reason="Old.", successor=None, by=keeper(), now=NOW)
        page = desk.get(Collection.objects.get().get_absolute_url())
        assert page.context["templates"] == [] and "taken out of the marketplace" in page.content.decode()

    def test_only_staff_keep_them(self, client, owner, template):
        client.force_login(owner)
        assert client.get(NEW).status_code == 403 and client.post(NEW, typed(template)).status_code == 403
        assert not Collection.objects.exists()


class TestAuthors:
    def test_credit_for_reuse_and_the_name_of_an_app_only_where_it_may_be_seen(self, client, template, owner, outsider):
        make_clone(template, owner=owner, state=AppState.ACTIVE, name="Leave desk")
        address = reverse("catalog:template_author_detail", args=[template.author_id])
        client.force_login(owner)
        page = client.get(address).content.decode()
        assert "1 app of somebody else went live" in page and "Leave desk" in page and "Leave approval" in page
        client.force_login(outsider)
        seen = client.get(address)
        assert seen.context["total"] == 1 and ("Leave desk" in seen.content.decode()) == bool(seen.context["seen"])

    def test_an_app_of_ones_own_earns_nothing(self, client, template):
        make_clone(template, owner=template.author, state=AppState.ACTIVE)
        client.force_login(template.author)
        address = reverse("catalog:template_author_detail", args=[template.author_id])
        assert client.get(address).context["total"] == 0
