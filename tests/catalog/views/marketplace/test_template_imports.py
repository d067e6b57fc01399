"""Bringing a template on its page: what is refused says one sentence and keeps what was typed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.models import AppTemplate, TemplateVersion
from catalog.templating import zips
from catalog.templating.tree import File
from portal.models import Job
from tests.catalog.actions.marketplace.test_template_imports import bundle
from tests.makers.marketplace import bring, keeper, make_template, make_tree
from tests.makers.training import make_award

pytestmark = pytest.mark.django_db
NEW = "/templates/new/"
ALLOWED = "https://git.example.org/templates/"
BACKSTAGE = {"template.yaml": File(b"apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\n")}
COOKIECUTTER = {"cookiecutter.json": File(b'{"name": "x"}'), "{{cookiecutter.name}}/a.txt": File(b"x")}


@pytest.fixture
def desk(client):
    client.force_login(keeper())
    return client


def file(content, name="leave.zip"):
    return SimpleUploadedFile(name, content)


def packed(files=None):
    return file(zips.write(files or make_tree(), "leave"))


def test_a_zip_becomes_a_draft_on_its_page_with_a_check_under_way(desk):
    answer = desk.post(NEW, {"way": "zip", "number": "v1.0.0", "file": packed()})
    version = TemplateVersion.objects.get()
    assert (answer.status_code, answer.url, version.number) == (303, version.get_absolute_url(), "1.0.0")
    assert Job.objects.get().result_url == version.get_absolute_url()
    assert "waits for a free worker" in desk.get(answer.url).content.decode()


def test_a_bundle_brings_every_version(desk):
    answer = desk.post(NEW, {"way": "bundle", "file": file(bundle("1.0.0", "1.1.0"), "leave.bundle")})
    assert answer.url == "/templates/leave-approval/desk/"
    assert TemplateVersion.objects.count() == Job.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"way": "zip", "number": "1.0.0"}, "Choose a file."),
        ({"way": "zip", "number": "", "file": b"PK"}, "Say which version it is"),
        ({"way": "zip", "number": "one.two", "file": zips.write(make_tree(), "l")}, "“one.two” is no version"),
        ({"way": "zip", "number": "7.0.0", "file": b"no zip"}, "The ZIP file is damaged"),
        (
            {"way": "zip", "number": "7.0.0", "file": zips.write(BACKSTAGE, "b")},
            "This is a Backstage scaffolder template",
        ),
        ({"way": "zip", "number": "7.0.0", "file": zips.write(COOKIECUTTER, "c")}, "This is a Cookiecutter template"),
        ({"way": "zip", "number": "7.0.0", "file": zips.write(make_tree(kind="game"), "l")}, "template.yaml, line 4"),
        ({"way": "bundle", "number": "", "file": b"no bundle"}, "This is no git bundle"),
        ({"way": "nonsense"}, "nonsense"),
    ],
)
def test_what_is_refused_keeps_what_was_typed(desk, typed, says):
    sent = {**typed, **({"file": file(typed["file"])} if "file" in typed else {})}
    answer = desk.post(NEW, sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and says in page and "data-error-summary" in page
    assert f'value="{typed.get("number", "")}"' in page or not typed.get("number")
    assert not AppTemplate.objects.exists()


def test_a_file_that_is_far_too_large_is_refused_unread(desk, monkeypatch):
    monkeypatch.setattr("catalog.forms.marketplace.template_imports.LONGEST_BUNDLE", 1_000)
    answer = desk.post(NEW, {"way": "zip", "number": "1.0.0", "file": file(b"PK" + b"0" * 2_000)})
    assert answer.status_code == 422 and "larger than 30 MB" in answer.content.decode()


def test_a_second_click_makes_no_second_template(desk):
    for status in (303, 422):
        assert desk.post(NEW, {"way": "zip", "number": "1.0.0", "file": packed()}).status_code == status
    assert AppTemplate.objects.count() == TemplateVersion.objects.count() == 1


class TestAddresses:
    def test_an_address_is_offered_only_where_the_portal_allows_some(self, desk, settings):
        settings.TEMPLATE_GIT_URLS = []
        assert "An address to fetch with git" not in desk.get(NEW).content.decode()
        assert desk.post(NEW, {"way": "url", "url": f"{ALLOWED}leave.git"}).status_code == 422
        settings.TEMPLATE_GIT_URLS = [ALLOWED]
        assert f"It lies below: {ALLOWED}" in desk.get(NEW).content.decode()

    def test_an_allowed_one_is_fetched_by_a_job_with_its_page(self, desk, settings):
        settings.TEMPLATE_GIT_URLS = [ALLOWED]
        answer = desk.post(NEW, {"way": "url", "url": f"{ALLOWED}leave.git"})
        job = Job.objects.get()
        assert (answer.status_code, answer.url) == (303, job.get_absolute_url())
        assert (job.name, job.arguments["url"]) == ("catalog.fetch_template", f"{ALLOWED}leave.git")
        assert "Fetch https://git.example.org/templates/leave.git" in desk.get(answer.url).content.decode()

    @pytest.mark.parametrize(
        "url", ["https://evil.example/templates/a", "file:///etc", "https://git.example.org/x", ""]
    )
    def test_any_other_is_refused_and_kept_in_the_form(self, desk, settings, url):
        settings.TEMPLATE_GIT_URLS = [ALLOWED]
        answer = desk.post(NEW, {"way": "url", "url": url})
        page = answer.content.decode()
        assert answer.status_code == 422 and not Job.objects.exists()
        assert ("not among those" in page and f'value="{url}"' in page) if url else "Write the address" in page


class TestNewVersions:
    def test_a_version_is_added_by_who_keeps_it(self, desk):
        template = make_template(("1.0.0",))
        url = reverse("catalog:template_version_create", args=[template.slug])
        assert "New version of" in desk.get(url).content.decode()
        assert desk.post(url, {"way": "zip", "number": "1.1.0", "file": packed()}).status_code == 303
        answer = desk.post(url, {"way": "zip", "number": "1.1.0", "file": packed()})
        assert answer.status_code == 422 and "Version 1.1.0 is here already" in answer.content.decode()
        assert [one.number for one in template.versions.all()] == ["1.1.0", "1.0.0"]


def test_who_may_bring_one(client, outsider, owner):
    bring()
    client.force_login(outsider)
    for method in (client.get, client.post):
        answer = method(NEW, {"way": "zip"})
        assert answer.status_code == 403 and "badge" in answer.content.decode()
    make_award(owner, ago=90, slug="template-building", level=2, title="Template building")
    client.force_login(owner)
    assert client.get(NEW).status_code == 200
    assert client.post(NEW, {"way": "zip", "number": "1.0.0", "file": packed()}).status_code == 303
