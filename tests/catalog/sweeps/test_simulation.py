from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection

from catalog.sweeps import engine
from catalog.sweeps.shadow import COPIED
from catalog.sweeps.simulation import simulate
from portal.models import User
from tests.makers.catalog import NOW, make_app
from tests.makers.portal import make_person
from tests.makers.usage import make_collector, make_use

pytestmark = pytest.mark.django_db
TABLES = [*COPIED, "catalog_usageday", "catalog_usagevisitor", "portal_job", "portal_user"]


def checksums():
    """Count and digest of every row of every table a sweep could touch."""
    with connection.cursor() as cursor:
        sums = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY id), '')) FROM {table} t")
            sums[table] = cursor.fetchone()
        return sums


def house(owner, second_owner):
    """Apps near their end, over it, unused, used, flagged, exempt and with an owner who left."""
    far = NOW.date() + timedelta(days=1000)
    make_collector(complete_until=far)
    past = NOW - timedelta(days=100)
    left = make_person("Rui Costa", is_active=False)
    for number, days in enumerate([-20, -3, 0, 1, 7, 12, 30, 31, 200]):
        app = make_app(f"App {number}", now=past, expires_on=NOW.date() + timedelta(days=days))
        if number % 2:
            for day in range(-60, 60):
                make_use(app, 9, day=NOW.date() + timedelta(days=day))
    make_app("Left behind", owner=left, now=past, expires_on=far)
    zones = ["Pacific/Auckland", "America/Los_Angeles", "Europe/Madrid"]
    for zone, person in zip(zones, User.objects.all(), strict=False):
        person.time_zone = zone
        person.save(update_fields=["time_zone"])


def test_leaves_no_trace(owner, second_owner, staff):
    house(owner, second_owner)
    before = checksums()
    result = simulate(now=NOW, days=60)
    assert result.total > 20
    assert checksums() == before


def test_equals_what_really_happens_day_by_day(owner, second_owner, staff):
    house(owner, second_owner)
    foreseen = simulate(now=NOW, days=45)
    lived = []
    for number in range(45):
        now = NOW + timedelta(days=number)
        for run in engine.run_day(now=now):
            rows = run.items.filter(state="applied").order_by("id").values_list("action", "app__slug")
            lived += [(now.date().isoformat(), run.kind, *row) for row in rows]
    assert [(line.day, line.kind, line.action, line.slug) for line in foreseen.lines] == lived
    assert {kind for _day, kind, *_rest in lived} >= {"orphan", "remind", "expire", "stale", "escalate", "unanswered"}


def test_command_prints_the_days(owner, second_owner, capsys):
    house(owner, second_owner)
    call_command("sweep", "--simulate", "30", "--now", NOW.isoformat())
    printed = capsys.readouterr().out
    assert "Left behind" in printed
    assert "Nothing was changed." in printed
