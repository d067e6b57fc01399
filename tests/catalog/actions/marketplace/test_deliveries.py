"""An app's source pushed to a real code host of its own: made there, pushed, repeated, refused, cancelled."""

import pytest
from django.utils import timezone

from catalog.actions.marketplace import deliveries
from catalog.models import Delivery
from catalog.templating import git
from portal import jobs
from portal.models import AuditEvent, Job
from portal.models.job import JobState
from portal.states import InvalidTransition
from tests.makers.code_host import TOKEN, code_host
from tests.makers.marketplace import make_clone, make_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(tmp_path):
    with code_host(tmp_path) as host:
        yield host


@pytest.fixture(params=["gitea", "gitlab", "github"])
def remote(request, host, settings):
    settings.GIT_REMOTES = [f"{request.param}={host.url}/templates"]
    settings.GIT_REMOTE_TOKENS = [f"{host.place}={TOKEN}"]
    return f"{host.place}/templates"


@pytest.fixture
def clone(owner, second_owner):
    return make_clone(make_template(("1.0.0",)), owner=owner, now=timezone.now())


def pushed(clone, remote, owner) -> tuple[Delivery, Job]:
    """Asked for, and its job run to the end."""
    delivery = deliveries.ask(clone, remote=remote, by=owner, now=timezone.now())
    job = Job.objects.filter(name="catalog.push_source").latest("id")
    jobs.run(job.pk, now=timezone.now())
    delivery.refresh_from_db()
    job.refresh_from_db()
    return delivery, job


def test_the_repository_is_made_there_and_holds_every_branch(host, remote, clone, owner):
    delivery, job = pushed(clone, remote, owner)
    assert (job.state, delivery.state, delivery.error) == (JobState.DONE, "done", "")
    there = host.folder / f"{clone.app.slug}.git"
    assert git.head(there) == delivery.commit == clone.repository.head
    assert "refs/trellis/template" not in git.refs(there), "what the portal keeps for itself stays here"
    (made,) = host.made
    assert made["name"] == clone.app.slug and (made.get("private") or made.get("visibility") == "private")
    assert made.get("namespace_id", 7) == 7 and ("namespace_id" in made) == ("/api/v4/projects" in host.asked)
    clone.app.refresh_from_db()
    assert clone.app.repository_url == f"{host.url}/templates/{clone.app.slug}"
    assert AuditEvent.objects.get(verb="catalog.source_delivered").actor == owner


def test_what_is_there_already_is_pushed_to(host, remote, clone, owner):
    pushed(clone, remote, owner)
    again, _job = pushed(clone, remote, owner)
    assert again.state == "done" and len(host.made) == 2


@pytest.fixture
def one(host, settings):
    """One host, for what is the same for all kinds."""
    settings.GIT_REMOTES = [f"gitea={host.url}/templates"]
    settings.GIT_REMOTE_TOKENS = [f"{host.place}={TOKEN}"]
    return f"{host.place}/templates"


def test_a_refusal_ends_in_a_sentence_without_the_token(host, one, clone, owner, settings):
    settings.GIT_REMOTE_TOKENS = [f"{host.place}=wrong-token"]
    delivery, job = pushed(clone, one, owner)
    assert job.state == JobState.DEAD and delivery.state == "failed"
    assert delivery.error == job.error == f"{one} refused to make the repository (401)."
    assert "wrong-token" not in f"{delivery.error}{job.error}{list(AuditEvent.objects.values())}"


def test_changes_made_over_there_are_not_overwritten(host, one, clone, owner):
    pushed(clone, one, owner)
    there = host.folder / f"{clone.app.slug}.git"
    before = git.commit(
        there,
        git.MAIN,
        {},
        message="Theirs",
        author=git.Author("a", "a@b.c", timezone.now()),
        parents=[git.head(there)],
    )
    delivery, _job = pushed(clone, one, owner)
    assert delivery.state == "failed" and "holds changes that are not here" in delivery.error
    assert git.head(there) == before


def test_asking_twice_waits_once_and_a_cancelled_push_does_not_wait_for_ever(one, clone, owner):
    first = deliveries.ask(clone, remote=one, by=owner, now=timezone.now())
    assert deliveries.ask(clone, remote=one, by=owner, now=timezone.now()) == first
    Job.objects.update(cancel_requested_at=timezone.now())
    jobs.drain()
    first.refresh_from_db()
    assert (first.state, first.error) == ("failed", "It was cancelled.")
    second, _job = pushed(clone, one, owner)
    assert second != first and second.state == "done"


def test_a_host_that_is_not_set_up_is_refused(clone, owner):
    with pytest.raises(InvalidTransition, match="not set up any more"):
        deliveries.ask(clone, remote="example.org", by=owner, now=timezone.now())
