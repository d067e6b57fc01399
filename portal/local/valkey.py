"""A private Valkey: one append-only file, one Unix socket that nobody else may open, no port."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import redis

from . import binaries, child
from .home import LocalError, make_folder, socket_folder, wait_for_lock


def broker_url(socket: Path | str, database: int) -> str:
    """The address of one logical database in Celery's words."""
    return f"redis+socket://{socket}?virtual_host={database}"


def cache_url(socket: Path | str, database: int) -> str:
    """The same in the words of Django's cache."""
    return f"unix://{socket}?db={database}"


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
        client = redis.Redis(unix_socket_path=str(self.socket))
        try:
            while True:
                try:
                    client.ping()
                    return
                except redis.RedisError:
                    if self.process.poll() is not None or time.monotonic() > end:
                        raise LocalError(f"Valkey did not start; its log is {self.log}.") from None
                    time.sleep(0.01)
        finally:
            client.close()
