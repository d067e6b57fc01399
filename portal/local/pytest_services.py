"""pytest plugin: the run's own PostgreSQL and Valkey, up before Django reads its settings and gone after.

It is loaded with `-p` and works in a hook wrapper, because a conftest comes too late: pytest-django has read the
settings by then. Workers of xdist share the two servers and get a database and logical Valkey databases each."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import pytest

from . import binaries
from .home import ROOT, LocalError, open_lock, try_lock
from .postgres import Postgres
from .valkey import Valkey, broker_url, cache_url

PREFIX = "trellis-test-"


class Services:
    """What this run started itself, and must take away again."""

    def __init__(self) -> None:
        self.base: Path | None = None
        self.servers: list[Postgres | Valkey] = []
        self.template: subprocess.Popen[bytes] | None = None
        self.seconds = 0.0

    def start(self) -> None:
        began = time.perf_counter()
        self.base = new_base()
        (self.base / "var" / "static").mkdir(parents=True)
        os.environ |= {"TRELLIS_ENV": "test", "DB_POOL": "0", "TRELLIS_VAR": str(self.base / "var")}
        if "DATABASE_URL" not in os.environ:
            os.environ["DATABASE_URL"] = self._run(Postgres(self.base / "postgres", durable=False))
            self._make_template()
        if "BROKER_URL" not in os.environ:
            os.environ["TRELLIS_TEST_VALKEY"] = self._run(Valkey(self.base / "valkey", durable=False))
            choose_logical_databases(0)
        self.seconds = time.perf_counter() - began

    def _run(self, server: Postgres | Valkey) -> str:
        self.servers.append(server)
        return server.start()

    def _make_template(self) -> None:
        """Migrate once, beside pytest's own start; each worker's test database is a copy of the result."""
        os.environ["TEST_DATABASE_TEMPLATE"] = "portal"
        self.template = subprocess.Popen(
            [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def wait_for_template(self) -> None:
        if self.template:
            process, self.template = self.template, None
            output, _ = process.communicate()
            if process.returncode:
                raise pytest.UsageError(f"`manage.py migrate` failed:\n{output.decode()}")

    def stop(self) -> None:
        if self.template:
            self.template.kill()
            self.template.communicate()
        for server in reversed(self.servers):
            server.stop()
        self.servers.clear()
        if self.base:
            shutil.rmtree(self.base, ignore_errors=True)


services = Services()


def new_base() -> Path:
    """A folder for this run. What killed runs left goes first: a run holds a lock on its folder as long as it lives."""
    parent = Path(tempfile.gettempdir())
    for old in parent.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if try_lock(open_lock(old / "lock")):
                shutil.rmtree(old, ignore_errors=True)
    base = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    base.chmod(0o755)  # as root the database runs as another user, who must get in
    try_lock(open_lock(base / "lock"))
    return base


def choose_logical_databases(worker: int) -> None:
    """A queue and a cache for one worker alone; clearing a cache must not empty the queue."""
    if socket := os.environ.get("TRELLIS_TEST_VALKEY"):
        os.environ["BROKER_URL"] = broker_url(socket, 2 * worker)
        os.environ["CACHE_URL"] = cache_url(socket, 2 * worker + 1)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, None, None]:
    options = early_config.known_args_namespace
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        choose_logical_databases(1 + int(worker.removeprefix("gw")))
    elif not (options.help or options.version):
        try:
            services.start()
        except LocalError as error:
            services.stop()
            raise pytest.UsageError(f"The tests need a real PostgreSQL and Valkey. {error}") from None
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    services.wait_for_template()


def pytest_report_header() -> str:
    return (
        f"servers: up in {services.seconds:.1f} s, PostgreSQL from {binaries.postgres()}"
        if services.servers
        else "servers: given"
    )


def pytest_unconfigure() -> None:
    services.stop()
