"""The whole site as real processes: what a person at a terminal sees, and what remains after any kind of end."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import RunningSite, free_port, manage, processes_of, temporary_home, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("site")]
MARK = "INSERT INTO portal_slot (name, due, claimed_at, done_at) VALUES ('kept', now(), now(), now())"
SUPERVISOR = ("manage.py up",)
PARTS = {
    "supervisor": SUPERVISOR,
    "postgres": ("postgres", "-D"),
    "valkey": ("valkey-server",),
    "web": ("gunicorn",),
    "worker": ("celery", "worker"),
    "beat": ("celery", "beat"),
}


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with temporary_home() as path:
        yield path


@pytest.fixture
def site(home: Path) -> RunningSite:
    return RunningSite(home, free_port(), "--no-demo").wait_until_ready()


def nothing_is_left(home: Path, seconds: float = 15) -> None:
    wait_until(lambda: not processes_of(home), seconds, why=f"all of {processes_of(home)} must be gone")


def kept_rows(site: RunningSite) -> int:
    with site.database() as database:
        row = database.execute("SELECT count(*) FROM portal_slot WHERE name = 'kept'").fetchone()
    assert row
    return int(str(row[0]))


def test_up_serves_refuses_a_second_self_shares_its_servers_and_ends_on_ctrl_c(site: RunningSite, home: Path) -> None:
    assert site.get("/livez") == "ok"
    assert f"http://127.0.0.1:{site.port}/" in site.said()
    second = manage(home, "up", "--port", str(free_port()), "--no-demo")
    assert second.returncode == 1
    assert f"already runs at http://127.0.0.1:{site.port}" in second.stderr
    count = (
        "from django.db import connection as c; k = c.cursor(); k.execute('SHOW data_directory'); print(*k.fetchone())"
    )
    shell = manage(home, "shell", "-v0", "-c", count)
    assert shell.stdout.strip() == str(home / "postgres" / "data")
    assert site.get("/livez") == "ok"  # the shell that ended took nothing with it
    wait_until(lambda: '"beat": {"ok": true' in readiness(site), 60, why="worker and beat must be at work")
    assert site.interrupt() == 0
    nothing_is_left(home, 2)


def readiness(site: RunningSite) -> str:
    try:
        return site.get("/readyz")
    except OSError:  # 503 so far
        return ""


def test_after_a_kill_of_any_part_nothing_is_left_and_the_next_up_serves_the_same_data(home: Path) -> None:
    for number, (name, words) in enumerate(PARTS.items()):
        site = RunningSite(home, free_port(), "--no-demo").wait_until_ready()
        assert site.get("/livez") == "ok"
        assert kept_rows(site) == number
        with site.database() as database:
            database.execute(MARK)
        os.kill(site.part(*words), signal.SIGKILL)
        assert site.process.wait(20) == (-signal.SIGKILL if name == "supervisor" else 1), name
        nothing_is_left(home)
        if name != "supervisor":
            assert f"The {name} process ended" in site.said()
    site = RunningSite(home, free_port(), "--no-demo").wait_until_ready()
    assert kept_rows(site) == len(PARTS)
    site.process.terminate()
    assert site.process.wait(20) == 0
    nothing_is_left(home, 2)


def test_a_port_in_use_is_said_before_anything_starts(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = manage(home, "up", "--port", str(port))
    assert answer.returncode == 1
    assert answer.stderr.strip().startswith(f"CommandError: Port {port} cannot be used (Address already in use).")
    assert not processes_of(home)


def test_reset_asks_first_and_refuses_while_a_command_uses_the_data(home: Path) -> None:
    unanswered = manage(home, "up", "--reset", "--port", str(free_port()))
    assert (unanswered.returncode, "Add --yes" in unanswered.stderr) == (1, True)
    site = RunningSite(home, free_port(), "--no-demo", "--reset", "--yes").wait_until_ready()
    assert kept_rows(site) == 0
    used = manage(home, "up", "--reset", "--yes")
    assert (used.returncode, "already runs" in used.stderr) == (1, True)
    assert site.interrupt() == 0
    nothing_is_left(home, 2)


def test_ctrl_c_while_it_is_starting_ends_it_too(home: Path) -> None:
    site = RunningSite(home, free_port(), "--no-demo")
    wait_until(lambda: "Starting" in site.said(), 20, why="it must start")
    assert site.interrupt() == 0
    assert "Traceback" not in site.said()
    nothing_is_left(home, 2)
