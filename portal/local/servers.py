"""The two servers of a home as its commands see them: join the running one, or start it for as long as it is used."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from .home import ROOT, LocalError, home, locked, make_folder, open_lock, secret_key, try_lock
from .keeper import STATE, USERS
from .valkey import broker_url, cache_url

NAMES = {"postgres": "DATABASE_URL", "valkey": "BROKER_URL"}


class Server:
    """One server shared by every command of this home."""

    def __init__(self, kind: str, base: Path) -> None:
        self.kind, self.folder = kind, base / kind
        self.use: int | None = None

    def join(self) -> str:
        """The address of the running server, which stays up until `leave` or the end of this process."""
        make_folder(self.folder)
        self.use = open_lock(self.folder / USERS)
        fcntl.flock(self.use, fcntl.LOCK_SH)  # waits for a keeper that is just stopping
        with locked(self.folder / "start.lock"):
            return str((self.state() or self._start())["address"])

    def state(self) -> dict[str, Any] | None:
        """What the keeper wrote down, if it is alive."""
        try:
            descriptor = os.open(self.folder / STATE, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        try:
            if try_lock(descriptor, fcntl.LOCK_SH):
                return None
            return json.loads(os.read(descriptor, 4096) or "null")
        finally:
            os.close(descriptor)

    def leave(self) -> None:
        """Stop using the server. When nobody else does, wait until it is gone."""
        if self.use is None:
            return
        os.close(self.use)
        self.use = None
        while self.state() and not self._is_used():
            time.sleep(0.02)

    def _start(self) -> dict[str, Any]:
        with (self.folder / "keeper.log").open("wb") as log:
            keeper = subprocess.Popen(
                [sys.executable, "-m", "portal.local.keeper", self.kind, self.folder],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        assert keeper.stdout
        with keeper.stdout as output:
            answer = json.loads(output.readline() or "{}")
        keeper.returncode = 0  # it lives on its own now; this keeps Popen from warning about that
        if "error" in answer:
            raise LocalError(answer["error"])
        if "address" not in answer:
            raise LocalError(f"The local {self.kind} did not start; see {log.name}.")
        return answer

    def _is_used(self) -> bool:
        """Does another command use it? A keeper that is stopping holds the lock for itself, which is no use."""
        descriptor = open_lock(self.folder / USERS)
        try:
            return not try_lock(descriptor) and try_lock(descriptor, fcntl.LOCK_SH)
        finally:
            os.close(descriptor)


class Servers:
    """PostgreSQL and Valkey for one command, and the environment that leads to them. Given addresses win."""

    def __init__(self, base: Path | None = None) -> None:
        self.base = base or home()
        self.joined: list[Server] = []

    def environment(self) -> dict[str, str]:
        """The variables that a command of this home runs with. Starts what is not running, both servers at once."""
        make_folder(self.base)
        found = {"TRELLIS_ENV": "local", "TRELLIS_VAR": str(self.base)}
        if "SECRET_KEY" not in os.environ:
            found["SECRET_KEY"] = secret_key(self.base)
        wanted = {kind for kind, name in NAMES.items() if name not in os.environ}
        self.joined = [Server(kind, self.base) for kind in sorted(wanted)]
        with ThreadPoolExecutor() as pool:
            addresses = dict(zip(sorted(wanted), pool.map(Server.join, self.joined), strict=True))
        if "postgres" in addresses:
            found["DATABASE_URL"] = addresses["postgres"]
        if "valkey" in addresses:
            found["BROKER_URL"] = broker_url(addresses["valkey"], 0)
            found["CACHE_URL"] = cache_url(addresses["valkey"], 1)
        return found

    def ended(self) -> str | None:
        """The kind of a server that should run and does not."""
        return next((server.kind for server in self.joined if server.state() is None), None)

    def delete(self) -> None:
        """Delete the data of both servers. Raises LocalError when a command is using them."""
        folders = [self.base / kind for kind in NAMES if (self.base / kind).is_dir()]
        if not all(try_lock(open_lock(folder / USERS)) for folder in folders):
            raise LocalError("Another command is using the data. End it, then try again.")
        for folder in folders:
            shutil.rmtree(folder)

    def leave(self) -> None:
        for server in reversed(self.joined):
            server.leave()
        self.joined.clear()
