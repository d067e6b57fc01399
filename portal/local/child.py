"""Child processes that do not outlive their parent, not even one that is killed."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


def die_with_parent(ending: signal.Signals) -> None:
    """The kernel sends this process `ending` when its parent dies, however it dies (Linux only)."""
    if hasattr(LIBC, "prctl"):
        LIBC.prctl(PR_SET_PDEATHSIG, ending)


def end_with_parent(ending: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: `die_with_parent`, also when the parent died before the request was made.

    It must run after the change of user, which forgets the request; subprocess keeps that order."""
    parent = os.getpid()

    def run() -> None:
        die_with_parent(ending)
        if os.getppid() != parent:
            os._exit(1)

    return run


def spawn(command: Sequence[str | Path], *, ending: signal.Signals, **options: Any) -> subprocess.Popen[bytes]:
    """Start `command` in its own session: a Ctrl-C reaches this process only, which then ends the others in order."""
    return subprocess.Popen(  # noqa: PLW1509  (no threads are running when servers are started)
        command, start_new_session=True, preexec_fn=end_with_parent(ending), stdin=subprocess.DEVNULL, **options
    )


def end(process: subprocess.Popen[bytes], request: signal.Signals, patience: float) -> bool:
    """Ask, wait, and kill what is left of its group. False when it had to be killed."""
    asked = True
    if process.poll() is None:
        process.send_signal(request)
        try:
            process.wait(max(0.1, patience))
        except subprocess.TimeoutExpired:
            asked = False
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return asked
