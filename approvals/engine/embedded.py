"""The engine in a child process: nothing a policy does reaches the portal. Safe for threads and across a fork."""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import regorus

from approvals.engine.interface import Checked, PolicyError, PolicySet, Verdict, refuse_too_large, refused, verdict_of

WORKER = Path(__file__).parent / "worker.py"
SECONDS, STARTING, MEGABYTES = 2.0, 20.0, 2048
GIVE_UP_AFTER = 3  # stops in a row: the rest of a batch would only wait for the same


class Embedded:
    """`seconds` is how long one evaluation may take; then the child is killed and a new one goes on."""

    def __init__(self, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> None:
        self.seconds, self.megabytes = seconds, megabytes
        self.lock = threading.Lock()
        self.child: subprocess.Popen[str] | None = None
        self.owner = 0
        self.packages: dict[str, str] = {}
        self.answers: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def check(self, policy_set: PolicySet) -> Checked:
        refuse_too_large(policy_set)
        with self.lock:
            return self._load(policy_set)

    def evaluate(self, policy_set: PolicySet, inputs: Sequence[Mapping[str, Any]]) -> list[Verdict]:
        with self.lock:
            verdicts: list[Verdict] = []
            stops = 0
            while len(verdicts) < len(inputs):
                try:
                    checked = self._load(policy_set)
                    self._run(policy_set, checked.package, inputs[len(verdicts) :], verdicts)
                except PolicyError as error:
                    stops = stops + 1 if error.kind in ("timeout", "crash") else GIVE_UP_AFTER
                    rest = len(inputs) - len(verdicts) if stops >= GIVE_UP_AFTER else 1
                    verdicts += [refused(error)] * rest
            return verdicts

    def close(self) -> None:
        with self.lock:
            self._stop()

    def _run(
        self, policy_set: PolicySet, package: str, inputs: Sequence[Mapping[str, Any]], verdicts: list[Verdict]
    ) -> None:
        """Ask for all inputs and take the answers as they come; raises PolicyError at the first that ends the child."""
        head = {"op": "eval", "revision": policy_set.revision, "path": f"{package}.deny"}
        lines = (json.dumps({**head, "input": one}) for one in inputs)
        writer = threading.Thread(target=self._write, args=(self.child, lines), daemon=True)
        writer.start()
        try:
            for _one in inputs:
                began = time.perf_counter()
                answer = self._answer(self.seconds)
                took = (time.perf_counter() - began) * 1_000
                error = answer.get("error")
                verdicts.append(refused(PolicyError(**error), took) if error else verdict_of(answer.get("value"), took))
        finally:
            writer.join()

    def _load(self, policy_set: PolicySet) -> Checked:
        self._start()
        modules = sorted((module.name, module.source) for module in policy_set.modules)
        asked = {"op": "load", "revision": policy_set.revision, "modules": modules, "data": dict(policy_set.data)}
        if (package := self.packages.get(policy_set.revision)) is not None:
            return Checked(package)
        self._write(self.child, iter([json.dumps(asked)]))
        answer = self._answer(self.seconds + 3)
        if error := answer.get("error"):
            raise PolicyError(**error)
        if len(self.packages) >= 32:  # as many as the worker keeps, forgotten in the same order
            self.packages.pop(next(iter(self.packages)))
        self.packages[policy_set.revision] = one_package(answer["packages"])
        return Checked(self.packages[policy_set.revision])

    def _answer(self, seconds: float) -> dict[str, Any]:
        try:
            line = self.answers.get(timeout=seconds)
        except queue.Empty:
            self._stop()
            raise PolicyError("timeout") from None
        if line is None:
            self._stop()
            raise PolicyError("crash")
        found: dict[str, Any] = json.loads(line)
        return found

    def _write(self, child: "subprocess.Popen[str] | None", lines: Any) -> None:
        """From a thread of its own, so that a child that stopped reading cannot stop the portal."""
        assert child is not None and child.stdin is not None
        try:
            for line in lines:
                child.stdin.write(line + "\n")
            child.stdin.flush()
        except (BrokenPipeError, ValueError):
            pass  # the child is gone; whoever waits for its answers learns it

    def _start(self) -> None:
        if self.child is not None and self.owner == os.getpid() and self.child.poll() is None:
            return
        self._stop()
        command = [sys.executable, "-I", str(WORKER), str(self.megabytes), str(self.seconds * 2), library()]
        try:
            self.child = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                env={},
                start_new_session=True,
            )
        except OSError as error:
            raise PolicyError("unavailable", str(error)) from None
        self.owner, self.packages, self.answers = os.getpid(), {}, queue.SimpleQueue()
        threading.Thread(target=read, args=(self.child, self.answers), daemon=True).start()

    def _stop(self) -> None:
        """Kill the child. One that came along over a fork is its parent's and only forgotten."""
        child, self.child = self.child, None
        if child is None or self.owner != os.getpid():
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            with contextlib.suppress(BrokenPipeError, OSError):
                pipe.close()  # type: ignore[union-attr]


def library() -> str:
    """The folder that holds the engine: the bare child does not see the paths this process was given."""
    return str(Path(regorus.__file__).parent.parent)


def read(child: "subprocess.Popen[str]", answers: "queue.SimpleQueue[str | None]") -> None:
    assert child.stdout is not None
    try:
        for line in child.stdout:
            answers.put(line)
    except ValueError:
        pass  # closed while reading
    answers.put(None)


def one_package(packages: list[str]) -> str:
    """All files of a policy share one package, or one is the package the others lie under: the shortest."""
    return min(packages, key=lambda name: (name.count("."), len(name), name))
