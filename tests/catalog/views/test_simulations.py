import pytest
from django.urls import reverse

from portal import jobs
from portal.models import Job
from tests.makers.sweeps import make_overdue

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = reverse("catalog:simulation")


def test_a_simulation_is_a_job_whose_result_is_a_calendar(client, staff, owner, second_owner):
    make_overdue(3, owner=owner, second_owner=second_owner)
    client.force_login(staff)
    answer = client.post(PAGE, {"days": 30})
    job = Job.objects.get()
    assert answer.url == reverse("catalog:simulation_detail", args=[job.pk])
    assert client.get(answer.url)["Refresh"].startswith("3;")
    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.progress, job.total) == ("done", 30, 30)
    page = client.get(answer.url)
    assert "Overdue 2" in page.text and 'class="month"' in page.text
    assert "Refresh" not in page


@pytest.mark.parametrize("days", ["", "0", "401", "x"])
def test_a_wrong_number_of_days_is_refused(client, staff, days):
    client.force_login(staff)
    assert client.post(PAGE, {"days": days}).status_code == 200
    assert not Job.objects.exists()


def test_only_staff(client, outsider):
    client.force_login(outsider)
    assert client.post(PAGE, {"days": 3}).status_code == 403
