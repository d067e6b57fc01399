"""The servers under the suite are real, and each worker has its own corner of them."""

import os
import warnings
from typing import Any

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from portal.celery import app


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
