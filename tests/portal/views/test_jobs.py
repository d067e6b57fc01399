import pytest
from django.utils import timezone

from portal import jobs
from portal.models import Job
from portal.models.job import JobState
from tests.portal import job_bodies  # noqa: F401  (registers the bodies)

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def failed(owner):
    job = jobs.enqueue("tests.fails", by=owner, title="Import of apps", refuse=True)
    jobs.drain()
    return job


def test_only_the_owner_and_staff_see_a_job(client, owner, outsider, staff):
    job = jobs.enqueue("tests.once", by=owner, title="Import of apps")
    for person, status in ((owner, 200), (staff, 200), (outsider, 404)):
        client.force_login(person)
        assert client.get(job.get_absolute_url()).status_code == status
        assert client.post(f"{job.get_absolute_url()}cancellation/").status_code in (
            (404,) if status == 404 else (303, 409)
        )


def test_the_progress_is_polled_until_the_job_is_over(client, owner):
    client.force_login(owner)
    job = jobs.claim(jobs.enqueue("tests.once", by=owner, result_url="/help/").pk, now=timezone.now())
    jobs.advance(job, step="Reading rows", progress=3, total=9)
    page = client.get(job.get_absolute_url()).text
    assert 'hx-trigger="every 2s"' in page
    assert '<meta http-equiv="refresh"' in page
    assert '<progress max="9" value="3">' in page
    part = client.get(job.get_absolute_url(), headers=HTMX)
    assert part.status_code == 200
    assert '<p role="status">Reading rows</p>' in part.text
    assert "<html" not in part.text
    jobs.finish(job, JobState.DONE, now=timezone.now())
    part = client.get(job.get_absolute_url(), headers=HTMX)
    assert part.status_code == 286
    assert "hx-trigger" not in part.text
    assert 'href="/help/"' in part.text


def test_stopping_needs_post_and_says_409_when_it_is_too_late(client, owner):
    client.force_login(owner)
    job = jobs.enqueue("tests.once", by=owner)
    url = f"{job.get_absolute_url()}cancellation/"
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 303
    assert Job.objects.get(pk=job.pk).state == JobState.CANCELLED
    assert client.post(url).status_code == 409


@pytest.mark.parametrize("act", ["retry", "discard"])
def test_staff_deal_with_failed_jobs(client, failed, owner, staff, act):
    url = f"/console/jobs/{failed.pk}/{act}/"
    client.force_login(owner)
    assert client.post(url).status_code == 403
    client.force_login(staff)
    assert client.get(url).status_code == 405
    assert "The file is empty." in client.get("/console/jobs/").text
    assert client.post(url).status_code == 303
    assert client.post(url).status_code == 409
    assert "The file is empty." not in client.get("/console/jobs/").text


def test_the_console_has_tabs(client, staff, owner, failed):
    client.force_login(owner)
    assert client.get("/console/jobs/").status_code == 403
    client.force_login(staff)
    waiting = jobs.enqueue("tests.once", title="Copy of a template")
    assert str(waiting) in client.get("/console/jobs/", {"state": "waiting"}).text
    assert str(waiting) not in client.get("/console/jobs/", {"state": "running"}).text
    assert client.get("/console/jobs/", {"state": "nonsense"}).status_code == 200


@pytest.mark.parametrize("rows", [3, 300])
def test_the_lists_cost_the_same_for_3_and_300_jobs(client, staff, owner, rows, django_assert_num_queries):
    Job.objects.bulk_create(Job(name="tests.once", by=staff, title=str(n), state="dead") for n in range(rows))
    client.force_login(staff)
    for url, queries in (("/jobs/", 7), ("/console/jobs/", 7)):
        client.get(url)
        with django_assert_num_queries(queries):
            assert client.get(url).status_code == 200
