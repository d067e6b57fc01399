"""The whole site on this machine: servers, web process, worker and beat, started in order and ended together."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import child
from .home import ROOT, LocalError, make_folder, open_lock, try_lock
from .servers import Servers

HOST = "127.0.0.1"
ENDING = {"beat": signal.SIGTERM, "web": signal.SIGTERM, "worker": signal.SIGTERM}
# A worker whose supervisor was killed must not wait for its tasks: they are handed to the next worker anyway. Asked to
# end at once (SIGQUIT) while it starts, Celery can wait on a lock for ever; its pool processes die with it.
ORPHANED = {"beat": signal.SIGTERM, "web": signal.SIGTERM, "worker": signal.SIGKILL}
PATIENCE = 8  # seconds for all parts to end by themselves


class Stopped(Exception):
    """Someone asked for the end while the site was still starting."""


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise LocalError(
                f"Port {port} cannot be used ({error.strerror}). Choose another one: manage.py up --port {port + 1}"
            ) from None


def commands(port: int, base: Path) -> dict[str, list[str]]:
    """How each part is started."""
    python, shared_memory = [sys.executable, "-m"], Path("/dev/shm")  # noqa: S108  (gunicorn's heartbeat files)
    heartbeat = ["--worker-tmp-dir", str(shared_memory)] if shared_memory.is_dir() else []
    web = ["gunicorn", "portal.wsgi", "--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4"]
    celery = ["celery", "--app", "portal"]
    level = ["--loglevel", "WARNING"]
    return {
        "web": [*python, *web, "--graceful-timeout", "5", "--no-control-socket", *heartbeat],
        "worker": [*python, *celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle", *level],
        "beat": [*python, *celery, "beat", "--schedule", str(base / "beat-schedule"), "--pidfile=", *level],
    }


class Site:
    """One run of the site. `say` receives sentences for the person at the terminal."""

    def __init__(self, base: Path, *, port: int, demo: bool, say: Callable[[str], object]) -> None:
        self.base, self.port, self.demo, self.say = base, port, demo, say
        self.url = f"http://{HOST}:{port}"
        self.servers = Servers(base)
        self.parts: dict[str, subprocess.Popen[bytes]] = {}
        self.requests_to_stop = 0
        self.environment: dict[str, str] = {}

    def claim_home(self) -> None:
        """Be the only site of this home. Raises LocalError when another one runs."""
        self.claim = open_lock(make_folder(self.base) / "site.lock")
        if not try_lock(self.claim):
            pid, url = os.read(self.claim, 200).decode().split() or ("?", "?")
            raise LocalError(
                f"This checkout's site already runs at {url} (process {pid}). End that one with Ctrl-C first,"
                " or set TRELLIS_HOME to run a second site with data of its own."
            )
        os.ftruncate(self.claim, 0)
        os.write(self.claim, f"{os.getpid()} {self.url}".encode())

    def reset(self) -> None:
        """Delete this home's data, unless a command is using them."""
        self.servers.delete()
        for name in ("files", "logs", "outbox", "static"):
            shutil.rmtree(self.base / name, ignore_errors=True)
        for path in self.base.glob("beat-schedule*"):
            path.unlink()

    def run(self) -> int:
        """Start, serve until a signal or until a part ends, stop. The answer is the exit code."""
        refuse_taken_port(self.port)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        self.say("Starting Trellis ...")
        try:
            people = self._prepare()
            self._start()
            if not self._ended():
                self.say(self._summary(people))
            return self._watch()
        except Stopped:
            return 0
        finally:
            self._stop()

    def _on_signal(self, number: int, frame: Any) -> None:
        self.requests_to_stop += 1

    def _prepare(self) -> str:
        """Servers, tables, demo data and static files. The answer names people to sign in as."""
        self.environment = os.environ | self.servers.environment()
        self.environment |= {"SITE_URL": self.url, "TRELLIS_DEMO": "1" if self.demo else "0", "DB_POOL": "0"}
        command = [sys.executable, "manage.py", "prepare", *(["--demo"] if self.demo else [])]
        process = child.spawn(command, ending=signal.SIGKILL, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE)
        self.parts["prepare"] = process
        assert process.stdout
        with process.stdout as output:
            os.set_blocking(output.fileno(), False)
            self._wait_until(lambda: process.poll() is not None)
            people = (output.read() or b"").decode()
        del self.parts["prepare"]
        if process.returncode:
            raise LocalError("The database or the static files could not be prepared; the reason stands above.")
        return people

    def _start(self) -> None:
        """The web process first: worker and beat load while the first page is being looked at."""
        logs = make_folder(self.base / "logs")
        for name, command in commands(self.port, self.base).items():
            environment = self.environment | {"DB_POOL": "1" if name == "web" else "0"}
            with (logs / f"{name}.log").open("wb") as log:
                self.parts[name] = child.spawn(
                    command, ending=ORPHANED[name], cwd=ROOT, env=environment, stdout=log, stderr=log
                )
            self._wait_until(lambda: self._answers() or self._ended() is not None)

    def _wait_until(self, done: Callable[[], bool]) -> None:
        while not done():
            if self.requests_to_stop:
                raise Stopped
            time.sleep(0.05)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            connection.request("GET", "/livez")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _ended(self) -> str | None:
        """The name of a part that should run and does not."""
        dead = (name for name, process in self.parts.items() if process.poll() is not None)
        return next(dead, None) or self.servers.ended()

    def _watch(self) -> int:
        """Wait for a signal. When one part ends, the whole site ends: half a site would only look alive."""
        while not self.requests_to_stop:
            if name := self._ended():
                self.say(f"The {name} process ended, so the site stops.{self._last_words(name)}")
                return 1
            time.sleep(0.2)
        return 0

    def _last_words(self, name: str) -> str:
        log = self.base / "logs" / f"{name}.log" if name in self.parts else self.base / name / "log"
        lines = log.read_text(errors="replace").splitlines()[-15:] if log.exists() else []
        return "\n".join([f" Its log {log} ends:", *lines])

    def _stop(self) -> None:
        end = time.monotonic() + PATIENCE
        for name, process in self.parts.items():
            if process.poll() is None:
                process.send_signal(ENDING.get(name, signal.SIGTERM))
        asked_before = self.requests_to_stop
        while time.monotonic() < end and self.requests_to_stop <= asked_before:  # asking again cuts the wait short
            if all(process.poll() is not None for process in self.parts.values()):
                break
            time.sleep(0.05)
        for process in self.parts.values():
            child.end(process, signal.SIGKILL, 1)
        self.servers.leave()

    def _summary(self, people: str) -> str:
        lines = [f"Trellis runs at {self.url}/", ""]
        if people:
            lines += ["Sign in with one click as one of the demo people, for example:", people]
        return "\n".join([*lines, f"Data and logs: {self.base}", "Ctrl-C ends it; the data stay for the next time."])
