"""What every test may ask for."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.db import connection

pytest_plugins = ["tests.cast"]

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from pytest_django import DjangoDbBlocker

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--no-first-run", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium() -> str | None:
    """The path of a Chromium: TRELLIS_CHROMIUM, else the first one on PATH."""
    if chosen := os.environ.get("TRELLIS_CHROMIUM"):
        return chosen
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Rate limits and remembered counts of one test must not meet the people of the next, whose numbers are the same."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Databases on the run's own server go with it; dropping them one by one fails on a straggling connection."""
    return "TEST_DATABASE_TEMPLATE" in os.environ


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> None:
    """Django empties the database by TRUNCATE after a transactional test, which the audit log's own trigger refuses.

    UPDATE and DELETE stay refused; the test of TRUNCATE switches its trigger on again."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("portal_auditevent", "portal_auditblock"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A real Chromium, one per worker. Without one the test is skipped, or fails under TRELLIS_REQUIRE=browser."""
    program = chromium()
    if program is None:
        reason = "no Chromium on PATH: apt-get install chromium, or set TRELLIS_CHROMIUM"
        if "browser" in os.environ.get("TRELLIS_REQUIRE", ""):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  (half a second that most runs do not need)

    # Playwright keeps an event loop in this thread; Django would refuse its own queries here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()
