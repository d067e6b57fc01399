"""Real processes on this worker's own test database and queue."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode

from django.db import connection

from portal.celery import app
from portal.local.home import ROOT


def environment(**more: str) -> dict[str, str]:
    """The environment in which a child sees the database of the running test."""
    at = connection.settings_dict
    login = quote(at["USER"]) + (f":{quote(at['PASSWORD'])}" if at["PASSWORD"] else "")
    options = {name: value for name, value in {"host": at["HOST"], "port": at["PORT"]}.items() if value}
    url = f"postgresql://{login}@/{quote(at['NAME'])}?{urlencode(options)}"
    return {
        **os.environ,
        "DATABASE_URL": url,
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        **more,
    }


def python(code: str, **more: str) -> "subprocess.Popen[bytes]":
    """A child that has set Django up and runs `code`."""
    setup = "import django; django.setup()\n"
    return subprocess.Popen([sys.executable, "-c", setup + code], cwd=ROOT, env=environment(**more))


@contextmanager
def worker(*modules: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A Celery worker with one child; the whole group is killed at the end."""
    command = [sys.executable, "-m", "celery", "-A", "portal.celery", "worker", "-c", "1", "-l", "WARNING"]
    for module in modules:
        command += ["-I", module]
    app.control.purge()  # wake-ups that earlier tests of this run left, for jobs that are gone
    process = subprocess.Popen(command, cwd=ROOT, env=environment(), start_new_session=True)
    try:
        yield process
    finally:
        kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """SIGKILL to the process and everything it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def wait_until(true: Callable[[], object], *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
