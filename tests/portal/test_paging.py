from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.models import AppFigures, MicroApp
from portal.paging import page
from tests.makers.catalog import NOW, make_app

pytestmark = pytest.mark.django_db


@pytest.fixture
def apps(db):
    made = [make_app(f"App {n}", slug=f"app-{n}", created_at=NOW + timedelta(days=n // 3)) for n in range(7)]
    AppFigures.objects.filter(app__in=made[:4]).update(active_users=5)
    return MicroApp.objects.for_table()


@pytest.mark.parametrize(
    "sort", ["name", "-name", "created_at", "-created_at", "ends_key", "-ends_key", "users_key", "-users_key"]
)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_all_rows_come_once_forth_and_back(apps, sort, size):
    forth, cursor, pages = [], "", []
    while True:
        shown = page(apps, sort, size=size, after=cursor)
        pages.append([app.pk for app in shown.rows])
        forth += pages[-1]
        if not shown.next:
            break
        cursor = shown.next
    assert len(forth) == len(set(forth)) == 7
    assert forth == [app.pk for app in apps.order_by(sort, "-pk" if sort.startswith("-") else "pk")]
    for expected in reversed(pages[:-1]):
        shown = page(apps, sort, size=size, before=shown.previous)
        assert [app.pk for app in shown.rows] == expected
    assert shown.previous == ""


def test_a_row_that_came_meanwhile_moves_nothing(apps):
    first = page(apps, "name", size=3)
    make_app("App 1b", slug="app-1b")
    assert [app.name for app in page(apps, "name", size=3, after=first.next).rows] == ["App 3", "App 4", "App 5"]


def test_a_cursor_of_another_sort_gives_the_first_page(apps):
    cursor = page(apps, "name", size=3).next
    assert page(apps, "-created_at", size=3, after=cursor).rows == page(apps, "-created_at", size=3).rows


def test_past_the_end_is_the_first_page_again(apps):
    last = page(apps, "name", size=6)
    MicroApp.objects.filter(name="App 6").delete()
    assert [app.name for app in page(apps, "name", size=6, after=last.next).rows][0] == "App 0"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_garbage_gives_the_first_page(apps, cursor):
    assert [app.name for app in page(apps, "name", size=2, after=cursor).rows] == ["App 0", "App 1"]
