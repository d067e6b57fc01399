"""The folder that holds a checkout's local data, and the locks by which several commands share it."""

import fcntl
import hashlib
import os
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOCKET_PATH_LIMIT = 100  # the kernel takes 107 bytes; the server adds its own file name to ours


class LocalError(RuntimeError):
    """The local site cannot run. The text is one sentence for the person at the terminal."""


def home() -> Path:
    """TRELLIS_HOME, else var/ beside manage.py; for root under /var/lib, where the database user can reach it."""
    if chosen := os.environ.get("TRELLIS_HOME"):
        return Path(chosen).absolute()
    if os.geteuid() == 0:
        return Path("/var/lib/trellis") / hashlib.sha256(str(ROOT).encode()).hexdigest()[:10]
    return ROOT / "var"


def make_folder(path: Path, mode: int = 0o755) -> Path:
    """`path` with its missing parents. Folders that were there keep their permissions."""
    if path.is_dir():
        return path
    make_folder(path.parent)
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise LocalError(
            f"Cannot make {path}: {error.strerror}. Set TRELLIS_HOME to a folder that you may write."
        ) from None
    path.chmod(mode)
    return path


def socket_folder(base: Path, file_name: str) -> Path:
    """Where a server's socket goes: in `base`, or in a temporary folder when that path is too long for a socket."""
    inside = base / "socket"
    if len(os.fsencode(inside / file_name)) <= SOCKET_PATH_LIMIT:
        return inside
    return Path(tempfile.mkdtemp(prefix="trellis-"))


def open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def try_lock(descriptor: int, mode: int = fcntl.LOCK_EX) -> bool:
    """Take the lock if it is free. The kernel frees it when the last holder of the descriptor ends, however it ends."""
    try:
        fcntl.flock(descriptor, mode | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def wait_for_lock(path: Path, patience: float) -> int:
    """The descriptor of an exclusive lock on `path`, waiting `patience` seconds for its present holder to end."""
    descriptor, end = open_lock(path), time.monotonic() + patience
    while not try_lock(descriptor):
        if time.monotonic() > end:
            os.close(descriptor)
            raise LocalError(f"A server that uses {path.parent} is still running. End it, then try again.")
        time.sleep(0.05)
    return descriptor


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on `path`, waiting as long as it takes."""
    descriptor = open_lock(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def secret_key(base: Path) -> str:
    """This home's own SECRET_KEY, made on first use."""
    path = base / "secret_key"
    with locked(make_folder(base) / "setup.lock"):
        if not path.exists():
            draft = path.with_suffix(".draft")
            draft.touch(0o600)
            draft.write_text(secrets.token_urlsafe(48))
            draft.rename(path)
    return path.read_text()
