"""Figures of use: refreshed from the rollups, empty where nothing is known, and there for every app."""

from datetime import timedelta

import pytest

from catalog.actions import figures
from catalog.models import AppFigures, MicroApp
from catalog.states import AppState
from tests.makers.catalog import NOW, copies_of, make_app
from tests.makers.usage import make_collector, make_use

pytestmark = pytest.mark.django_db


def test_every_app_has_a_row_however_it_was_inserted():
    copies_of(make_app(), 3)
    assert AppFigures.objects.count() == MicroApp.objects.count() == 4


def test_zero_is_said_only_when_the_collectors_vouch_for_it():
    app = make_app()
    assert figures.refresh(now=NOW) == 0 and AppFigures.objects.get().active_users is None
    make_collector()
    assert figures.refresh(now=NOW) == 1 and AppFigures.objects.get().active_users == 0
    make_use(app, 7)
    make_use(app, 30, day=NOW.date() - timedelta(days=45))
    assert figures.refresh(now=NOW) == 1
    assert figures.refresh(now=NOW) == 0  # again: nothing new
    found = AppFigures.objects.get()
    assert (found.active_users, found.last_seen_on) == (7, NOW.date() - timedelta(days=2))


def test_what_is_not_live_keeps_its_last_figures():
    app = make_app(state=AppState.ARCHIVED, active_users=3)
    make_collector()
    assert figures.refresh(now=NOW) == 0 and AppFigures.objects.get(app=app).active_users == 3


def test_ranges_of_numbers_cover_every_app(monkeypatch):
    copies_of(make_app(), 9)
    make_collector()
    monkeypatch.setattr(figures, "SIZE", 3)
    assert figures.refresh(now=NOW) == 10
