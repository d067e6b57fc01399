"""The servers under the suite are real, and each worker has its own corner of them."""

import os
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from portal.celery import app
from portal.local.home import ROOT
from tests.processes import bare_environment


@pytest.mark.django_db
def test_a_worker_has_a_database_of_its_own_made_from_the_migrated_template() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    assert connection.settings_dict["NAME"] == (f"test_portal_{worker}" if worker else "test_portal")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_extension WHERE extname IN ('pg_trgm', 'unaccent')")
        assert cursor.fetchone() == (2,)


def test_clearing_the_cache_leaves_the_queue_alone() -> None:
    with app.connection_for_write() as broker:
        queue = broker.SimpleQueue("test-of-the-queue")
        queue.put({"still": "here"})
        cache.set("gone", 1)
        cache.clear()
        assert cache.get("gone") is None
        message = queue.get(timeout=5)
        assert message.payload == {"still": "here"}
        message.ack()
        queue.close()


def test_no_other_worker_shares_the_cache() -> None:
    cache.set("mine", 1)
    client = redis.Redis.from_url(settings.CACHE_URL)
    keys = client.keys("*mine")
    number: Any = client.connection_pool.connection_kwargs["db"]
    client.close()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw-1")
    assert keys and number == 2 * (1 + int(worker.removeprefix("gw"))) + 1


def test_a_warning_is_an_error() -> None:
    with pytest.raises(UserWarning):
        warnings.warn("seen", stacklevel=1)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_browser_opens_the_sign_in_page(live_server: Any, browser: Any) -> None:
    page = browser.new_page()
    page.goto(live_server.url + "/accounts/login/")
    assert page.get_by_role("button", name="Sign in").count() >= 1
    page.close()


def run_pytest(test: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """A run of its own on one test file outside the suite; given servers, so that only what is asked for starts."""
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-n0",
            "--rootdir",
            ROOT,
            "-c",
            "pyproject.toml",
            test,
        ],
        cwd=ROOT,
        env=bare_environment(PYTHONPATH=str(ROOT), **environment),
        capture_output=True,
        text=True,
    )


@pytest.fixture
def browser_test(tmp_path: Path) -> Path:
    (tmp_path / "conftest.py").write_text("from tests.conftest import browser\n")
    path = tmp_path / "test_outside.py"
    path.write_text("def test_it(browser):\n    pass\n")
    return path


@pytest.mark.processes
@pytest.mark.parametrize(
    ("variable", "sentence"),
    [("TRELLIS_PG_BIN", "holds no `postgres`"), ("TRELLIS_VALKEY_BIN", "is not a program")],
)
def test_a_missing_server_ends_the_run_at_once_with_one_line(browser_test: Path, variable: str, sentence: str) -> None:
    answer = run_pytest(browser_test, **{variable: "/nowhere"})
    assert answer.returncode == pytest.ExitCode.USAGE_ERROR
    assert answer.stderr == (f"ERROR: The tests need a real PostgreSQL and Valkey. {variable}=/nowhere {sentence}.\n\n")


@pytest.mark.processes
@pytest.mark.parametrize(("required", "outcome"), [("", "1 skipped"), ("browser", "1 error")])
def test_a_missing_browser_is_a_skip_and_an_error_where_it_is_required(
    browser_test: Path, required: str, outcome: str
) -> None:
    given = {name: os.environ[name] for name in ("DATABASE_URL", "BROKER_URL", "CACHE_URL")}
    answer = run_pytest(browser_test, PATH="/nowhere", TRELLIS_REQUIRE=required, TRELLIS_ENV="test", **given)
    assert outcome in answer.stdout.splitlines()[-1]
    assert "no Chromium on PATH: apt-get install chromium, or set TRELLIS_CHROMIUM" in answer.stdout
