import json
import threading
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from catalog.actions.marketplace import telemetry
from catalog.models import Collector, UsageDay, UsageVisitor
from catalog.states import AppState
from catalog.usage_facts import facts_of
from tests.makers.catalog import NOW, make_app

ANN, BEN = "a" * 64, "b" * 64


def users(app):
    return list(UsageDay.objects.filter(app=app, signal="telemetry").values_list("users", flat=True))


def test_a_visitor_counts_once_a_day_and_vouches_for_nothing(db):
    app = make_app()
    assert telemetry.count(app.slug, ANN, now=NOW) and not telemetry.count(app.slug, ANN, now=NOW)
    assert telemetry.count(app.slug, BEN, now=NOW)
    assert users(app) == [2] and UsageVisitor.objects.count() == 2
    source = Collector.objects.get()
    assert (source.complete_until, source.is_required, source.identifies_visitors) == (None, False, True)
    app.figures.refresh_from_db()
    assert app.last_seen_on == NOW.date()


def test_what_an_app_reports_counts_as_its_use(db):
    app = make_app()
    later = NOW + timedelta(days=1)
    assert facts_of(app, now=later).visitors == 0
    for visitor in (ANN, BEN):
        telemetry.count(app.slug, visitor, now=NOW)
    assert facts_of(app, now=later).visitors == 2


def test_only_live_apps_count(db):
    draft = make_app(state=AppState.DRAFT)
    assert not telemetry.count(draft.slug, ANN, now=NOW) and not telemetry.count("nobody", ANN, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_reports_at_the_same_moment_are_one():
    app = make_app()
    counted = []

    def report():
        counted.append(telemetry.count(app.slug, ANN, now=NOW))
        connection.close()

    threads = [threading.Thread(target=report) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counted) == [False] * 5 + [True] and users(app) == [1]


def test_every_report_gets_the_same_empty_answer(client, db):
    cache.clear()
    app = make_app()
    good = json.dumps({"app": app.slug, "visitor": ANN})
    wrong = [{"app": app.slug, "visitor": "x"}, {"app": "no", "visitor": ANN}, {"app": app.slug}]
    for body in (good, "{", "[]", *map(json.dumps, wrong), "x" * 900):
        answer = client.post("/telemetry/", body, content_type="text/plain")
        assert (answer.status_code, answer.content, answer["Access-Control-Allow-Origin"]) == (204, b"", "*")
    assert users(app) == [1]
    assert client.options("/telemetry/").status_code == 204 and client.get("/telemetry/").status_code == 405
