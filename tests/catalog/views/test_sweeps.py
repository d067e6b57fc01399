from datetime import timedelta

import pytest
from django.urls import reverse

from catalog.models import MicroApp, SweepRun
from catalog.models.sweep_run import SweepState
from catalog.sweeps import engine
from portal.models import Job
from portal.models.user import Role
from tests.makers.catalog import NOW
from tests.makers.portal import make_person
from tests.makers.sweeps import make_overdue, make_unused, sweep

pytestmark = pytest.mark.django_db
LIST = reverse("catalog:sweep_run_list")


def at(name, run):
    return reverse(f"catalog:{name}", args=[run.pk])


@pytest.fixture
def held(owner, second_owner):
    make_overdue(12, owner=owner, second_owner=second_owner)
    return engine.plan("expire", due=NOW, now=NOW)


def test_staff_read_runs_collectors_and_reasons(client, staff, owner, second_owner):
    make_unused(1, owner=owner, second_owner=second_owner)
    run = sweep("stale")
    client.force_login(staff)
    page = client.get(LIST)
    assert page.status_code == 200
    assert "Sign-ins" in page.text and "Flag unused apps" in page.text
    detail = client.get(run.get_absolute_url())
    assert "Unused 0" in detail.text
    assert "At most 0 people in 60 days, 3 would be enough; collectors complete until 22 November 2026." in detail.text


@pytest.mark.parametrize("runs", [3, 300])
def test_list_costs_the_same_for_few_and_many(client, staff, runs, django_assert_num_queries):
    SweepRun.objects.bulk_create(
        [
            SweepRun(kind="remind", due=NOW - timedelta(hours=n), now=NOW, state="done", planned=1, applied=1)
            for n in range(runs)
        ]
    )
    client.force_login(staff)
    client.get(LIST)  # counts the sidebar of all staff, which is kept for a while
    with django_assert_num_queries(12):
        assert client.get(LIST).status_code == 200


def test_two_different_people_release(client, staff, held):
    assert held.state == SweepState.HELD
    client.force_login(staff)
    client.post(at("sweep_release_create", held))
    assert client.post(at("sweep_release_create", held)).status_code == 403
    held.refresh_from_db()
    assert held.state == SweepState.HELD
    client.force_login(make_person("Bea Lind", Role.STAFF))
    client.post(at("sweep_release_create", held))
    held.refresh_from_db()
    assert held.state == SweepState.RUNNING
    assert Job.objects.get(name="catalog.run_sweep").arguments == {"run_id": held.pk}


def test_a_cancelled_run_does_nothing_and_rests(client, staff, held):
    client.force_login(staff)
    client.post(at("sweep_cancellation_create", held))
    engine.run(held, now=NOW)
    assert not MicroApp.objects.filter(state="archived").exists()
    assert engine.plan("expire", due=NOW.replace(hour=11), now=NOW.replace(hour=11)).planned == 0


def test_start_now_plans_and_queues(client, staff, owner, second_owner):
    make_overdue(2, owner=owner, second_owner=second_owner)
    client.force_login(staff)
    response = client.post(reverse("catalog:sweep_run_create"), {"kind": "expire"})
    run = SweepRun.objects.get()
    assert response.url == run.get_absolute_url()
    assert (run.by, run.planned, run.state) == (staff, 2, SweepState.RUNNING)


def test_undo_needs_a_reason_and_is_a_job(client, staff, owner, second_owner):
    make_overdue(1, owner=owner, second_owner=second_owner)
    run = sweep("expire")
    client.force_login(staff)
    assert "Say why in a few words." in client.post(at("sweep_undo_create", run), {"reason": "no"}).text
    client.post(at("sweep_undo_create", run), {"reason": "The date was wrong."})
    run.refresh_from_db()
    assert run.state == SweepState.UNDOING
    engine.undo(run, by=staff, now=NOW)
    assert MicroApp.objects.get().state == "active"
    assert client.post(at("sweep_undo_create", run), {"reason": "Again, please."}).status_code == 409


def test_export_holds_the_plan(client, staff, held):
    client.force_login(staff)
    text = client.get(at("sweep_run_export", held)).getvalue().decode()
    assert text.count("\n") == 13
    assert "Its term ended on 3 November 2026, and 14 days of grace are over." in text


@pytest.mark.parametrize(
    "name",
    ["sweep_run_detail", "sweep_run_export", "sweep_undo_create", "sweep_release_create", "sweep_cancellation_create"],
)
def test_outsiders_are_refused(client, outsider, held, name):
    client.force_login(outsider)
    assert client.get(LIST).status_code == 403
    post = name in ("sweep_release_create", "sweep_cancellation_create")
    assert getattr(client, "post" if post else "get")(at(name, held)).status_code == 403
    held.refresh_from_db()
    assert held.state == SweepState.HELD
