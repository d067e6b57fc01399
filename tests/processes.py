"""Real `manage.py` processes for tests: a home of their own, and a look at what is left of them afterwards."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from portal.local.child import end_with_parent
from portal.local.home import ROOT

OURS = ("DATABASE_URL", "BROKER_URL", "CACHE_URL", "DB_POOL", "SECRET_KEY", "SITE_URL")
KEPT = ("TRELLIS_PG_BIN", "TRELLIS_PG_USER", "TRELLIS_VALKEY_BIN", "TRELLIS_NO_BOOTSTRAP")


def bare_environment(**extra: str) -> dict[str, str]:
    """This process's environment without anything the test run itself has put there."""
    foreign = ("PYTEST_", "TEST_", "DJANGO_")
    return {
        name: value
        for name, value in os.environ.items()
        if name not in OURS
        and not name.startswith(foreign)
        and (not name.startswith("TRELLIS_") or name in KEPT)
    } | extra  # fmt: skip


@contextmanager
def temporary_home() -> Iterator[Path]:
    """A folder that the database's user can reach, too; pytest's own are closed to others."""
    path = Path(tempfile.mkdtemp(prefix="trellis-home-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        for pid in processes_of(path):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        shutil.rmtree(path, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def manage(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of `manage.py` in `home` to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=bare_environment(TRELLIS_HOME=str(home)),
        capture_output=True,
        text=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
    )


def processes_of(home: Path) -> set[int]:
    """Every live process that belongs to `home`: by its command line, its environment or the folder it stands in."""
    mark, found = os.fsencode(home), set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with suppress(OSError):
                traces = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
                if mark in traces + os.fsencode((entry / "cwd").readlink()):
                    found.add(int(entry.name))
    return found


def wait_until(condition: Callable[[], object], seconds: float, *, why: str) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{why} within {seconds} s"
        time.sleep(0.05)


class RunningSite:
    """`manage.py up` as a process of its own."""

    def __init__(
        self, home: Path, port: int, *arguments: str, python: str = sys.executable, root: Path = ROOT, **options: Any
    ) -> None:
        self.home, self.port = home, port
        self.output = Path(tempfile.mkstemp(prefix="trellis-up-", suffix=".out", dir=options.pop("talk_in", home))[1])
        options = {"env": bare_environment(TRELLIS_HOME=str(home)), **options}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [python, "manage.py", "up", "--port", str(port), *arguments],
                cwd=root,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGINT),  # a killed test run leaves no site behind
                **options,
            )

    def wait_until_ready(self) -> "RunningSite":
        wait_until(
            lambda: self.process.poll() is not None or "runs at" in self.said(), 90, why="the site must be ready"
        )
        assert self.process.poll() is None, self.said()
        return self

    def said(self) -> str:
        return self.output.read_text()

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return answer.read().decode()

    def address(self, kind: str) -> dict[str, str]:
        return json.loads((self.home / kind / "keeper.json").read_text())

    def database(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.address("postgres")["address"], autocommit=True)

    def part(self, *words: str) -> int:
        """The process id of the oldest process of this site whose command line holds all `words`."""
        for pid in sorted(processes_of(self.home)):
            with suppress(OSError):
                line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
                if all(word in line for word in words):
                    return pid
        raise AssertionError(f"no process with {words}")

    def interrupt(self) -> int:
        """Ctrl-C: the terminal signals the foreground process group, in which only the supervisor is."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(20)
