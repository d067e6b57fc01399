"""Keeps one server running while any command uses it: `python -m portal.local.keeper postgres FOLDER`.

A command holds a shared lock on `users.lock` as long as it lives. The keeper tries to take that lock for itself; it
gets it when the last command has ended, however it ended, and then stops the server and goes. The server in turn is a
child that ends with its keeper. So nothing is ever left behind, and no command must outlive another."""

import fcntl
import json
import os
import signal
import sys
import time
from pathlib import Path

from .home import LocalError, open_lock, try_lock
from .postgres import Postgres
from .valkey import Valkey

KINDS: dict[str, type[Postgres] | type[Valkey]] = {"postgres": Postgres, "valkey": Valkey}
STATE, USERS = "keeper.json", "users.lock"
PAUSE = 0.1


def keep(kind: str, folder: Path) -> int:
    stopping: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, frame: stopping.append(number))
    state = open_lock(folder / STATE)
    fcntl.flock(state, fcntl.LOCK_EX)  # held until the end: whoever finds it free knows that no keeper lives
    os.ftruncate(state, 0)
    server = KINDS[kind](folder)
    try:
        address = server.start()
    except LocalError as error:
        report({"error": str(error)})
        server.stop()
        return 1
    os.write(state, json.dumps({"pid": os.getpid(), "address": address}).encode())
    report({"address": address})
    users = open_lock(folder / USERS)
    assert server.process
    while not stopping and server.process.poll() is None and not try_lock(users):
        time.sleep(PAUSE)
    server.stop()
    return 0


def report(answer: dict[str, str]) -> None:
    """One line to the command that started this keeper."""
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


if __name__ == "__main__":
    sys.exit(keep(sys.argv[1], Path(sys.argv[2])))
