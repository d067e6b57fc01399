from datetime import timedelta

import pytest

from catalog.sweeps import engine
from tests.makers.catalog import NOW, make_app
from tests.makers.usage import make_collector

pytestmark = pytest.mark.django_db


def sweep(kind, now=NOW):
    return engine.run(engine.plan(kind, due=now, now=now), now=now)


def test_an_unused_app_is_reminded_flagged_escalated_archived_retired_and_purged(owner, second_owner, manager):
    make_collector(complete_until=NOW.date() + timedelta(days=1000))
    app = make_app(
        owner=owner,
        second_owner=second_owner,
        now=NOW - timedelta(days=100),
        expires_on=NOW.date() + timedelta(days=400),
    )
    seen = {}
    for day in range(400):
        now = NOW + timedelta(days=day)
        for kind in ("orphan", "remind", "expire", "stale", "escalate", "unanswered", "retire", "purge"):
            run = sweep(kind, now)
            if run.applied:
                seen.setdefault(kind, day)
    assert seen == {"stale": 0, "escalate": 14, "unanswered": 28, "retire": 209, "purge": 217}
    app.refresh_from_db()
    assert app.state == "retired" and app.purged_at
