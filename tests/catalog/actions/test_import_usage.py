from datetime import date

import pytest

from catalog.actions import import_usage
from catalog.models import Collector, ImportRow, UsageDay, UsageVisitor
from tests.makers.catalog import NOW, make_app
from tests.makers.imports import uploaded

pytestmark = pytest.mark.django_db
CSV = b"""app,day,signal,users,events,visitor,complete_until
shift-swap,2026-11-20,sign-ins,4,9,,
n-7,2026-11-21,sign-ins,5,10,,
shift-swap,2026-11-21,,,,priya@example.org,
nowhere,2026-11-21,sign-ins,5,10,,
shift-swap,21/11/26,sign-ins,5,10,,
,,sign-ins,,,,2026-11-22
"""
LINES = b"""{"app": "shift-swap", "day": "2026-11-20", "signal": "sign-ins", "users": 4, "events": 9}
{"app": "shift-swap", "day": "2026-11-21", "visitor": "priya@example.org"}
[1]
{"signal": "sign-ins", "complete_until": "2026-11-22", "complete_from": "2026-01-01"}
"""


@pytest.fixture
def app(db):
    return make_app(source_system="inventory", external_id="n-7")


def process(content, staff, *, dry=False, **options):
    run = uploaded(content, staff, kind="usage", **options)
    return run, import_usage.process(run, dry=dry, by=staff, now=NOW)


def test_days_visitors_and_completeness_are_kept_once(app, staff):
    run, counts = process(CSV, staff)
    assert counts == {"created": 3, "updated": 1, "refused": 2, "unchanged": 0}
    assert list(UsageDay.objects.order_by("day").values_list("users", "events")) == [(4, 9), (5, 10)]
    visitor = UsageVisitor.objects.get()
    assert (visitor.app, visitor.last_seen_on, len(visitor.visitor)) == (app, date(2026, 11, 21), 64)
    assert Collector.objects.get(signal="sign-ins").complete_until == date(2026, 11, 22)
    assert "nowhere" in ImportRow.objects.get(run=run, number=4).sentence
    _run, again = process(CSV, staff)
    assert (again["created"], again["unchanged"]) == (0, 3)


def test_a_dry_run_writes_nothing(app, staff):
    _run, counts = process(CSV, staff, dry=True)
    assert counts["created"] == 3
    assert not UsageDay.objects.exists()
    assert not UsageVisitor.objects.exists()
    assert not Collector.objects.exists()


def test_json_lines_are_the_same(app, staff):
    _run, counts = process(LINES, staff)
    assert counts == {"created": 2, "updated": 1, "refused": 1, "unchanged": 0}
    assert Collector.objects.get().complete_from == date(2026, 1, 1)
