"""Proposing an app as a template, on its page."""

import pytest
from django.urls import reverse

from catalog.actions.marketplace import repositories
from catalog.models import AppTemplate, ConnectorUse, ExternalHost, TemplateVersion
from catalog.templating import git
from catalog.templating.tree import File
from tests.makers.catalog import NOW, make_connector
from tests.makers.marketplace import make_clone, make_template

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Leave with a rota",
    "summary": "Leave that knows the rota.",
    "kind": "approval",
    "description": "Staff ask for leave; the rota answers.",
    "licence": "Apache-2.0",
}


@pytest.fixture
def clone(owner, second_owner):
    return make_clone(make_template(("1.0.0",), files={"template/LICENSE": "Apache-2.0"}), owner=owner)


@pytest.fixture
def url(clone):
    return reverse("catalog:template_proposal_create", args=[clone.app.slug])


def change(clone, files):
    with repositories.changing(clone.repository, now=NOW) as path:
        tree = {**git.read(path, git.MAIN), **{name: File(content) for name, content in files.items()}}
        author = repositories.author(clone.app.owner, NOW)
        git.commit(path, git.MAIN, tree, message="Mine", author=author, parents=[git.head(path)])


@pytest.mark.parametrize(
    ("files", "word", "says"),
    [
        ({"src/rota.mjs": b"export {};"}, "All of it", "become words that each clone fills in"),
        ({"src/rota.mjs": b"export {};", "dist/app.js": b"x"}, "Most of it", "dist/app.js"),
        ({"data/staff.csv": b"who\nann@company.com\n"}, "Most of it", "about people"),
        ({"src/keys.mjs": b"-----BEGIN PRIVATE KEY-----"}, "Not as it is", "src/keys.mjs"),
        ({}, "Not as it is", "Nothing in it differs"),
    ],
)
def test_the_page_says_what_can_be_reused(client, owner, clone, url, files, word, says):
    if files:
        change(clone, files)
    client.force_login(owner)
    page = client.get(url).content.decode()
    assert word in page and says in page and ("Make the template</button>" in page) == (word != "Not as it is")


def test_it_becomes_a_draft_that_says_what_the_app_touches(client, owner, clone, url):
    change(clone, {"src/rota.mjs": b"export {};"})
    ConnectorUse.objects.create(app=clone.app, connector=make_connector("HR"))
    ExternalHost.objects.create(app=clone.app, host="api.example.org")
    client.force_login(owner)
    answer = client.post(url, FORM)
    version = TemplateVersion.objects.get(template__origin=clone.app)
    assert (answer.status_code, answer.url) == (303, version.get_absolute_url())
    assert version.metadata["touches"]["connectors"] == ["hr"]
    assert version.metadata["touches"]["hosts"] == ["api.example.org"]
    assert client.get(answer.url).status_code == 200  # its owner keeps it
    assert client.post(url, FORM).url == answer.url and AppTemplate.objects.count() == 2


@pytest.mark.parametrize("changes", [{"name": ""}, {"summary": "x" * 91}, {"kind": "game"}, {"licence": ""}])
def test_what_is_wrong_comes_back(client, owner, clone, url, changes):
    change(clone, {"src/rota.mjs": b"export {};"})
    client.force_login(owner)
    answer = client.post(url, {**FORM, **changes})
    assert answer.status_code == 422 and "Staff ask for leave; the rota answers." in answer.content.decode()
    assert AppTemplate.objects.count() == 1


def test_what_cannot_be_reused_is_refused_also_when_it_is_sent(client, owner, clone, url):
    client.force_login(owner)
    assert client.post(url, FORM).status_code == 422
    assert AppTemplate.objects.count() == 1


def test_others_do_not_get_in(client, outsider, reviewer, clone, url):
    change(clone, {"src/rota.mjs": b"export {};"})
    for person, status in ((outsider, 404), (reviewer, 403)):  # the app is a draft, which a reviewer may read
        client.force_login(person)
        assert client.get(url).status_code == client.post(url, FORM).status_code == status
    assert AppTemplate.objects.count() == 1
