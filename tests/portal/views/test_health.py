from datetime import timedelta
from typing import Any

import pytest
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from portal.celery import app
from portal.models import Job, Slot
from portal.models.job import JobState

pytestmark = pytest.mark.django_db
NOWHERE = "redis+socket:///nonexistent/valkey"


def checks(client: Client, status: int) -> dict[str, dict[str, Any]]:
    answer = client.get("/readyz")
    assert answer.status_code == status
    assert answer.json()["ready"] is (status == 200)
    return answer.json()["checks"]


@pytest.fixture
def heartbeat() -> Slot:
    return Slot.objects.create(name="portal.heartbeat", due=timezone.now())


def test_a_living_process_says_so_without_a_query(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/livez")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_only_reading_is_allowed(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


def test_ready_when_everything_answers(client: Client, heartbeat: Slot) -> None:
    found = checks(client, 200)
    assert list(found) == ["database", "migrations", "cache", "broker", "beat", "oldest_job"]
    assert found["database"]["detail"].startswith("PostgreSQL ")


def test_not_ready_before_any_periodic_task(client: Client) -> None:
    assert checks(client, 503)["beat"] == {"ok": False, "detail": "no periodic task has run yet"}


def test_not_ready_when_beat_fell_silent(client: Client, heartbeat: Slot) -> None:
    Slot.objects.update(claimed_at=timezone.now() - timedelta(minutes=6))
    assert not checks(client, 503)["beat"]["ok"]


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 503)])
def test_a_job_may_wait_ten_minutes(client: Client, heartbeat: Slot, minutes: int, status: int) -> None:
    Job.objects.create(name="a", run_after=timezone.now() - timedelta(minutes=minutes))
    Job.objects.create(name="b", run_after=timezone.now() - timedelta(days=1), state=JobState.DONE)
    Job.objects.create(name="c", run_after=timezone.now() + timedelta(days=1))
    assert checks(client, status)["oldest_job"]["ok"] is (status == 200)


def test_not_ready_with_a_migration_to_apply(client: Client, heartbeat: Slot) -> None:
    MigrationRecorder.Migration.objects.filter(app="usersessions").delete()
    assert not checks(client, 503)["migrations"]["ok"]


def test_not_ready_without_a_broker(client: Client, heartbeat: Slot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.conf, "broker_write_url", NOWHERE)
    found = checks(client, 503)["broker"]
    assert not found["ok"]
    assert "nonexistent" not in found["detail"]


def test_not_ready_without_a_cache(client: Client, heartbeat: Slot, settings: Any) -> None:
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "unix:///nonexistent/valkey"}}
    assert not checks(client, 503)["cache"]["ok"]
