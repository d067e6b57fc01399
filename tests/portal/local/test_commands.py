"""Any command of `manage.py` on a machine where nothing runs yet."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.local.child import end_with_parent
from portal.local.home import ROOT
from portal.local.servers import Servers
from tests.processes import bare_environment, manage, processes_of, temporary_home, wait_until

pytestmark = [pytest.mark.processes, pytest.mark.xdist_group("commands")]
COUNT_PEOPLE = "from portal.models import User; print(User.objects.count())"
SERVER_START = (
    "from django.db import connection as c; import time, sys; k = c.cursor()\n"
    "k.execute('SELECT pg_postmaster_start_time()::text'); print(*k.fetchone(), flush=True)\n"
    "sys.stdin.readline(); k.execute('SELECT 1')"
)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with temporary_home() as path:
        yield path


def start(home: Path) -> "subprocess.Popen[str]":
    """A shell that has told when its database server was started, and waits for a line before it asks once more."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "shell", "-v0", "-c", SERVER_START],
        cwd=ROOT,
        env=bare_environment(TRELLIS_HOME=str(home)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=end_with_parent(signal.SIGTERM),
    )


def nothing_is_left(home: Path) -> None:
    wait_until(lambda: not processes_of(home), 10, why="the servers must go with their last command")


def test_a_command_makes_its_tables_starts_the_servers_and_stops_them(home: Path) -> None:
    first = manage(home, "shell", "-v0", "-c", COUNT_PEOPLE)
    assert (first.returncode, first.stdout.strip()) == (0, "0"), first.stderr
    assert "Preparing the local database" in first.stderr
    assert not processes_of(home)
    again = manage(home, "shell", "-v0", "-c", COUNT_PEOPLE)
    assert (again.returncode, again.stdout.strip(), again.stderr) == (0, "0", "")
    assert not processes_of(home)


def test_commands_at_once_share_the_servers_and_the_first_to_end_takes_nothing_away(home: Path) -> None:
    one, two = start(home), start(home)
    assert one.stdout and two.stdout
    assert one.stdout.readline() == two.stdout.readline() != ""
    one.communicate("\n", timeout=30)
    two.communicate("\n", timeout=30)
    assert (one.returncode, two.returncode) == (0, 0)
    nothing_is_left(home)


def test_a_killed_command_leaves_nothing(home: Path) -> None:
    shell = start(home)
    assert shell.stdout and shell.stdout.readline()
    os.kill(shell.pid, signal.SIGKILL)
    shell.communicate()
    nothing_is_left(home)


def test_a_killed_keeper_takes_its_server_with_it_and_the_next_command_starts_both_anew(home: Path) -> None:
    shell = start(home)
    assert shell.stdout and shell.stdout.readline()
    for kind in ("postgres", "valkey"):
        os.kill(json.loads((home / kind / "keeper.json").read_text())["pid"], signal.SIGKILL)
    wait_until(lambda: processes_of(home) == {shell.pid}, 10, why="the servers must go with their keepers")
    shell.kill()
    shell.communicate()
    answer = manage(home, "shell", "-v0", "-c", COUNT_PEOPLE)
    assert (answer.returncode, answer.stdout.strip()) == (0, "0"), answer.stderr


def test_given_addresses_win_and_nothing_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example.org/trellis")
    monkeypatch.setenv("BROKER_URL", "redis://broker.example.org/0")
    servers = Servers(tmp_path)
    assert not {"DATABASE_URL", "BROKER_URL", "CACHE_URL"} & servers.environment().keys()
    assert not servers.joined
    assert servers.ended() is None


@pytest.mark.parametrize("arguments", [("check",), ("migrate", "--help")])
def test_what_needs_no_servers_starts_none(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    answer = manage(tmp_path, *arguments)
    assert answer.returncode == 0, answer.stderr
    assert not list(tmp_path.iterdir())


def test_a_production_site_is_never_given_servers_of_ours(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT,
        env=bare_environment(TRELLIS_HOME=str(tmp_path), TRELLIS_ENV="production"),
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 1
    assert "SECRET_KEY is not set" in answer.stderr
    assert not list(tmp_path.iterdir())
