"""A child process for what is not trusted: no environment, little memory and time, a folder of its own that goes with it."""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

MEGABYTES, FILE_MEGABYTES, SECONDS, OPEN_FILES = 2_048, 32, 20, 256
STOPS = {signal.SIGXCPU.value: "time", signal.SIGXFSZ.value: "size"}
NEVER_ASK = {
    "GIT_ALLOW_PROTOCOL": "file",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_CONFIG_COUNT": "3",
    "GIT_CONFIG_KEY_0": "core.fsmonitor",
    "GIT_CONFIG_VALUE_0": "false",
    "GIT_CONFIG_KEY_1": "core.hooksPath",
    "GIT_CONFIG_VALUE_1": "/dev/null",
    "GIT_CONFIG_KEY_2": "protocol.ext.allow",
    "GIT_CONFIG_VALUE_2": "never",
}


@dataclass(frozen=True)
class Outcome:
    """`stopped` is why the child was ended from outside: "time" or "size", or nothing."""

    code: int
    output: bytes
    errors: bytes
    stopped: str = ""

    @property
    def is_fine(self) -> bool:
        return self.code == 0 and not self.stopped


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A new empty folder, removed at the end with all that a child left in it."""
    path = Path(tempfile.mkdtemp(prefix="trellis-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def run(
    command: Sequence[str],
    *,
    cwd: Path,
    stdin: bytes = b"",
    seconds: float = SECONDS,
    megabytes: int = MEGABYTES,
    env: Mapping[str, str] | None = None,
    network: bool = True,
) -> Outcome:
    """Run it to its end or to the limit. With `network=False` it sees none, where the system lets us take it away."""
    prefix = [] if network else offline()
    base = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(cwd), "TMPDIR": str(cwd), "LANG": "C.UTF-8"}
    # Into files, not pipes: the limit on the size of a file then bounds what a child can say.
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        process = subprocess.Popen(  # noqa: S603
            [*prefix, *command],
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=complained,
            env={**base, **NEVER_ASK, **(env or {})},
            start_new_session=True,
            preexec_fn=lambda: limit(seconds, megabytes),  # noqa: PLW1509  (only sets limits; no lock is taken)
        )
        stopped = ""
        try:
            process.communicate(stdin, timeout=seconds)
        except subprocess.TimeoutExpired:
            stopped = "time"
        finally:
            kill(process)
            process.wait()
            if process.stdin:
                with contextlib.suppress(BrokenPipeError):
                    process.stdin.close()
        stopped = stopped or STOPS.get(abs(process.returncode) & 127, "")
        return Outcome(process.returncode, content(said), content(complained), stopped)


def content(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def limit(seconds: float, megabytes: int) -> None:
    limits = {
        resource.RLIMIT_CPU: int(seconds) + 1,
        resource.RLIMIT_FSIZE: FILE_MEGABYTES << 20,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    if megabytes:  # 0 for programs that reserve address space they never use, such as Node.js
        limits[resource.RLIMIT_AS] = megabytes << 20
    for kind, value in limits.items():
        resource.setrlimit(kind, (value, value))


def kill(process: "subprocess.Popen[bytes]") -> None:
    """The child and everything it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


@cache
def offline() -> list[str]:
    """The command that takes the network away, or nothing where the system does not allow it."""
    for command in (["unshare", "--net"], ["unshare", "--user", "--map-current-user", "--net"]):
        with contextlib.suppress(OSError):
            if subprocess.run([*command, "true"], check=False, capture_output=True).returncode == 0:  # noqa: S603
                return command
    return []
