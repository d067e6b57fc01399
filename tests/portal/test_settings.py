"""The settings, read afresh under a given environment. A wrong environment stops the start with a sentence."""

import os
import runpy
import subprocess
import sys
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.local.home import ROOT
from tests.processes import bare_environment
from training.badges import keys

GOOD = {
    "TRELLIS_ENV": "production",
    "SECRET_KEY": "q8Zr1xT5vB7nM3kL9pW2sD4fG6hJ0aYcE8uI5oR1tX7zQ3wVm2Kd9Ls4",
    "ALLOWED_HOSTS": "trellis.example.org",
    "SITE_URL": "https://trellis.example.org/",
    "DATABASE_URL": "postgresql://portal:p%40ss@db.example.org:5433/trellis?sslmode=require",
    "BROKER_URL": "redis://broker.example.org:6379/0",
    "BADGE_KEYS": keys.dump([keys.generate("2026-1")]),
}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`read(**changes)`: the settings of a good production environment with some variables changed, None removes one."""

    def read(**changes: str | None) -> dict[str, Any]:
        for name in list(os.environ):
            monkeypatch.delenv(name)
        for name, value in (bare_environment() | GOOD | changes).items():
            if value is not None:
                monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "portal" / "settings.py"))

    return read


def test_a_good_production_environment(read: Any) -> None:
    settings = read()
    assert not settings["DEBUG"]
    assert not settings["DEMO_SIGN_IN"]
    assert settings["SESSION_COOKIE_SECURE"] and settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_HSTS_SECONDS"] > 0
    assert settings["SITE_URL"] == "https://trellis.example.org"
    assert settings["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    database = settings["DATABASES"]["default"]
    assert (database["HOST"], database["PORT"], database["NAME"], database["PASSWORD"]) == (
        "db.example.org",
        "5433",
        "trellis",
        "p@ss",
    )
    assert database["OPTIONS"] == {"sslmode": "require"}
    assert settings["CACHE_URL"] == "redis://broker.example.org:6379/1"  # clearing the cache must not empty the queue


def test_production_is_what_runs_when_nobody_says_otherwise(read: Any) -> None:
    assert read(TRELLIS_ENV=None)["PRODUCTION"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY is not set"),
        (
            {"SECRET_KEY": "local-only-not-for-production-0123456789abcdefghijklmnopqrstuvwxyz"},
            "is a default or too short",
        ),
        ({"SECRET_KEY": "short"}, "is a default or too short"),
        ({"SECRET_KEY": "ab" * 40}, "is a default or too short"),
        ({"DEBUG": "1"}, "DEBUG is on in production"),
        ({"DEBUG": "maybe"}, "DEBUG=maybe is neither yes nor no"),
        ({"ALLOWED_HOSTS": None}, "ALLOWED_HOSTS must name"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
        ({"SITE_URL": None}, "SITE_URL is not set"),
        ({"DATABASE_URL": None}, "DATABASE_URL is not set"),
        ({"DATABASE_URL": "mysql://a/b"}, "must begin with postgresql://"),
        ({"BROKER_URL": None}, "BROKER_URL is not set"),
        ({"BROKER_URL": "amqp://broker.example.org"}, "CACHE_URL is not set"),
        ({"SMTP_PORT": "x"}, "SMTP_PORT=x is not a whole number"),
        ({"TRELLIS_ENV": "prod"}, "Use one of: local, test, production"),
        ({"SECRET_KEY": None, "SECRET_KEY_FILE": "/nonexistent"}, "SECRET_KEY_FILE=/nonexistent cannot be read"),
    ],
)
def test_a_wrong_value_stops_the_start_and_says_what_to_do(
    read: Any, changes: dict[str, str | None], sentence: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence.replace("*", r"\*")):
        read(**changes)


def test_a_secret_may_come_from_a_mounted_file(read: Any, tmp_path: Any) -> None:
    (tmp_path / "key").write_text(GOOD["SECRET_KEY"] + "\n")
    assert read(SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "key"))["SECRET_KEY"] == GOOD["SECRET_KEY"]


def test_one_click_sign_in_exists_on_a_local_demo_only(read: Any) -> None:
    assert read(TRELLIS_ENV="local", TRELLIS_DEMO="1")["DEMO_SIGN_IN"]
    assert not read(TRELLIS_ENV="local")["DEMO_SIGN_IN"]
    assert not read(TRELLIS_DEMO="1")["DEMO_SIGN_IN"]


def test_the_pool_is_for_the_web_process_alone(read: Any) -> None:
    assert "pool" in read(DB_POOL="1")["DATABASES"]["default"]["OPTIONS"]
    assert "pool" not in read()["DATABASES"]["default"]["OPTIONS"]


def test_redis_only_options_go_to_redis_only(read: Any) -> None:
    assert "CELERY_BROKER_TRANSPORT_OPTIONS" in read()
    rabbit = read(BROKER_URL="amqp://broker.example.org", CACHE_URL="redis://cache.example.org:6379/0")
    assert "CELERY_BROKER_TRANSPORT_OPTIONS" not in rabbit


def test_a_wrong_environment_is_one_line_at_the_terminal() -> None:
    answer = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT,
        env=bare_environment(**GOOD | {"DEBUG": "1"}),
        capture_output=True,
        text=True,
    )
    assert (answer.returncode, answer.stderr) == (1, "DEBUG is on in production. Unset DEBUG.\n")


def test_djangos_own_deployment_check_is_content() -> None:
    answer = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=bare_environment(**GOOD),
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    assert "no issues (0 silenced)" in answer.stdout
