"""Templates fetched by git, by a job, from a real server: good ones come in, hostile ones are refused with a sentence."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from catalog.actions.marketplace import repositories, template_fetches
from catalog.actions.marketplace.template_rows import BadTemplate
from catalog.models import AppTemplate
from portal import jobs
from portal.models import Job
from portal.models.job import JobState
from tests.makers.catalog import NOW
from tests.makers.git_host import git_host
from tests.makers.marketplace import bring, keeper, make_tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(tmp_path, settings):
    with git_host(tmp_path) as host:
        settings.TEMPLATE_GIT_URLS = [f"{host.url}/templates/"]
        yield host


def fetched(url: str, **details) -> Job:
    """The job at its end."""
    job = template_fetches.ask(url, by=keeper(), now=NOW, **details)
    assert jobs.run(job.pk, now=timezone.now())
    job.refresh_from_db()
    return job


def test_a_repository_becomes_a_template_and_later_its_new_versions_are_added(host):
    url = f"{host.url}/templates/leave.git"
    host.add("leave", {"1.0.0": make_tree()})
    job = fetched(url)
    assert (job.state, job.error, job.result) == (JobState.DONE, "", {"versions": ["1.0.0"]})
    template = AppTemplate.objects.get()
    assert (template.source_url, template.owner, template.author) == (url, keeper(), keeper())
    assert Job.objects.filter(name="catalog.check_template_version").count() == 1
    other = make_tree(
        files={"template/OTHER.md": "Not the same 1.0.0\n"}
    )  # the same files in one second are one commit
    host.add("more", {"1.0.0": other, "1.1.0": make_tree(files={"template/NEWS.md": "New\n"})})
    again = fetched(f"{host.url}/templates/more.git", template=template)
    assert again.state == JobState.DEAD and "points elsewhere" in again.error
    assert [version.number for version in template.versions.all()] == ["1.0.0"]
    assert "no new version" in fetched(url, template=template).error


def test_the_version_is_read_from_the_commit_of_its_tag(host):
    host.add("leave", {"1.0.0": make_tree(), "1.1.0": make_tree(files={"template/NEWS.md": "New\n"})})
    fetched(f"{host.url}/templates/leave.git")
    template = AppTemplate.objects.get()
    found = {one.number: repositories.files(template.repository, one.commit) for one in template.versions.all()}
    assert "template/NEWS.md" not in found["1.0.0"] and found["1.1.0"]["template/NEWS.md"].text == "New\n"


@pytest.mark.parametrize(
    ("hostile", "says"),
    [({"gitlink": "http://127.0.0.1:9/x.git"}, "“sub” is a submodule"), ({"link": "/etc/passwd"}, "“link” is a link")],
)
def test_submodules_and_links_are_refused_and_nothing_is_kept(host, hostile, says):
    host.add("leave", {"1.0.0": make_tree()}, **hostile)
    job = fetched(f"{host.url}/templates/leave.git")
    assert job.state == JobState.DEAD and says in job.error and not AppTemplate.objects.exists()
    assert all(path.startswith("/templates/leave.git/") for path in host.asked)


def test_a_repository_that_is_not_there_ends_the_job_with_a_sentence(host):
    job = fetched(f"{host.url}/templates/none.git")
    assert job.state == JobState.DEAD and job.attempts == 1
    assert job.error == "There is no repository at this address, or it asks for a password. Check it and try again."


def test_an_address_that_is_not_allowed_is_refused_before_there_is_a_job(settings):
    settings.TEMPLATE_GIT_URLS = ["https://git.example.org/templates/"]
    with pytest.raises(BadTemplate, match="not among those"):
        template_fetches.ask("https://evil.example/templates/x.git", by=keeper(), now=NOW)
    assert not Job.objects.exists()


def test_only_who_may_bring_or_keeps_it_asks_for_a_fetch(host, outsider):
    url = f"{host.url}/templates/leave.git"
    template = bring().template
    for wanted in (None, template):
        with pytest.raises(PermissionDenied):
            template_fetches.ask(url, by=outsider, now=NOW, template=wanted)
    assert host.asked == []
