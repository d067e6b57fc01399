from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import connection

from portal import slots
from portal.models import Slot

NOON = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("every", "now", "due"),
    [
        (DAY, NOON, datetime(2026, 3, 29, tzinfo=UTC)),
        (DAY, datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 3, 29, tzinfo=UTC)),
        (MINUTE, NOON + timedelta(seconds=59), NOON),
        (timedelta(seconds=30), NOON + timedelta(seconds=59), NOON + timedelta(seconds=30)),
    ],
)
def test_a_turn_is_the_last_whole_multiple(every: timedelta, now: datetime, due: datetime) -> None:
    assert slots.turn(every, now) == due


@pytest.mark.django_db
def test_a_turn_is_taken_once_and_each_name_has_its_own() -> None:
    assert slots.claim("a", NOON, now=NOON)
    assert not slots.claim("a", NOON, now=NOON)
    assert slots.claim("b", NOON, now=NOON)
    assert slots.claim("a", NOON + MINUTE, now=NOON)


@pytest.mark.django_db(transaction=True)
def test_eight_claimers_at_once_share_fifty_turns_without_overlap() -> None:
    def take_all(_: int) -> int:
        try:
            return sum(slots.claim("a", NOON + n * MINUTE, now=NOON) for n in range(50))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(take_all, range(8)))
    assert sum(taken) == 50
    assert Slot.objects.count() == 50


@pytest.mark.django_db
def test_the_work_is_done_once_in_each_turn() -> None:
    seen: list[datetime] = []

    @slots.each_slot("daily", DAY)
    def daily(*, now: datetime) -> None:
        seen.append(now)

    assert daily(now=NOON)
    assert not daily(now=NOON + MINUTE)
    assert daily(now=NOON + DAY)
    assert seen == [NOON, NOON + DAY]
    assert not Slot.objects.filter(done_at=None).exists()


@pytest.mark.django_db
def test_a_turn_whose_worker_died_is_taken_again_when_no_worker_can_still_be_at_it() -> None:
    @slots.each_slot("daily", DAY)
    def daily(*, now: datetime) -> None:
        if now == NOON:
            raise RuntimeError("killed in the middle")

    with pytest.raises(RuntimeError):
        daily(now=NOON)
    assert not daily(now=NOON + MINUTE)
    later = NOON + timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 1)
    assert daily(now=later)
    assert not daily(now=later + MINUTE)


@pytest.mark.django_db
def test_old_turns_are_forgotten_and_young_ones_kept() -> None:
    for age in (1, 29, 31):
        slots.claim("daily", NOON - age * DAY, now=NOON)
    for age in (1, 59, 61):
        slots.claim(slots.HEARTBEAT, NOON - age * MINUTE, now=NOON)
    assert slots.prune(now=NOON) == 2
    assert Slot.objects.count() == 4
