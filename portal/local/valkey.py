"""A private Valkey: one append-only file, one Unix socket that nobody else may open, no port."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from . import binaries, child
from .home import LocalError, make_folder, socket_folder, wait_for_lock


def broker_url(path: Path | str, database: int) -> str:
    """The address of one logical database in Celery's words."""
    return f"redis+socket://{path}?virtual_host={database}"


def cache_url(path: Path | str, database: int) -> str:
    """The same in the words of Django's cache."""
    return f"unix://{path}?db={database}"


class Valkey:
    name = "Valkey"

    def __init__(self, base: Path, *, durable: bool = True) -> None:
        self.base, self.durable = base, durable
        self.data, self.log = base / "data", base / "log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, patience: float = 30) -> str:
        """Start the server and answer the path of its socket."""
        program = binaries.valkey()
        make_folder(self.base)
        make_folder(self.data, 0o700)
        lock = wait_for_lock(self.base / "lock", patience)
        try:
            self.folder = socket_folder(self.base, "valkey")
            self.folder.mkdir(mode=0o700, exist_ok=True)
            self.socket = self.folder / "valkey"
            self.process = self._launch(program, lock)
        finally:
            os.close(lock)
        self._wait_until_ready(time.monotonic() + patience)
        return str(self.socket)

    def stop(self) -> None:
        if self.process:
            child.end(self.process, signal.SIGTERM, 10)
            shutil.rmtree(self.folder, ignore_errors=True)

    def _launch(self, program: Path, lock: int) -> subprocess.Popen[bytes]:
        settings = {
            "port": "0",
            "unixsocket": self.socket,
            "unixsocketperm": "700",
            "dir": self.data,
            "logfile": self.log,
            "save": "",
            "appendonly": "yes" if self.durable else "no",
            "databases": "256",
        }
        options = [str(part) for key, value in settings.items() for part in (f"--{key}", value)]
        return child.spawn([program, *options], ending=signal.SIGTERM, stdout=subprocess.DEVNULL, pass_fds=(lock,))

    def _wait_until_ready(self, end: float) -> None:
        assert self.process
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise LocalError(f"Valkey did not start; its log is {self.log}.")
            time.sleep(0.01)

    def _answers(self) -> bool:
        """Says PING by hand: it answers an error while it is still reading its file."""
        try:
            with socket.socket(socket.AF_UNIX) as connection:
                connection.settimeout(1)
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
