import pytest

from portal.celery import app
from portal.models import Slot
from portal.schedule import SCHEDULE
from portal.tasks import heartbeat


def test_every_scheduled_name_is_a_task() -> None:
    assert set(SCHEDULE) <= set(app.tasks)


def test_beat_sends_exactly_the_schedule_and_lets_stale_messages_expire() -> None:
    entries = app.conf.beat_schedule
    assert {name: entry["schedule"] for name, entry in entries.items()} == SCHEDULE
    assert all(entry["options"]["expires"] == entry["schedule"] for entry in entries.values())


@pytest.mark.django_db
def test_a_heartbeat_leaves_one_slot_a_turn() -> None:
    assert {heartbeat(), heartbeat()} <= {True, False}
    assert 1 <= Slot.objects.filter(name="portal.heartbeat").exclude(done_at=None).count() <= 2
