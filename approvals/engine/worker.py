"""The child process that evaluates policies: no environment, little memory, JSON lines in and out. Run, never imported.

A policy may loop for ever, exhaust memory or overflow the stack; then this process dies and nothing else does."""

import json
import os
import re
import resource
import signal
import sys
from pathlib import Path
from typing import Any

MEMORY, SECONDS, KEPT = int(sys.argv[1]) << 20, float(sys.argv[2]), 32
sys.path[:0] = [str(Path(__file__).parent), sys.argv[3]]
answers = os.fdopen(os.dup(1), "w")
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # `print` of a policy goes nowhere

import guard  # type: ignore[import-not-found]  # noqa: E402
import regorus  # noqa: E402

LIMITS = {"RLIMIT_AS": MEMORY, "RLIMIT_CORE": 0, "RLIMIT_FSIZE": 0, "RLIMIT_NOFILE": 16, "RLIMIT_NPROC": 0}
PLACE = re.compile(r"--> (.*?):(\d+):(\d+)")
SAID = re.compile(r"error: (.*?)(?:\n\nStack backtrace|\Z)", re.S)
engines: dict[str, Any] = {}


def limit() -> None:
    for name, value in LIMITS.items():
        resource.setrlimit(getattr(resource, name), (value, value))


def fault(kind: str, error: BaseException) -> dict[str, Any]:
    text = str(error)
    place, said = PLACE.search(text), SAID.search(text)
    return {
        "kind": kind,
        "message": (said[1] if said else text.split("\n\nStack")[0]).strip()[:500],
        "file": place[1] if place else None,
        "line": int(place[2]) if place else None,
        "column": int(place[3]) if place else None,
    }


def load(asked: dict[str, Any]) -> dict[str, Any]:
    engine = regorus.Engine()
    packages = []
    for name, source in asked["modules"]:
        try:
            packages.append(engine.add_policy(name, source))
        except BaseException as error:  # a panic of the engine is no Exception
            return {"error": fault("compile", error)}
    try:
        guard.check(json.loads(engine.get_ast_as_json()))
    except guard.Forbidden as error:
        place = {"file": error.file, "line": error.line, "column": error.column}
        return {"error": {"kind": "forbidden", "message": str(error), **place}}
    try:
        engine.add_data_json(json.dumps(asked["data"]))
    except BaseException as error:
        return {"error": fault("compile", error)}
    if len(engines) >= KEPT:
        engines.pop(next(iter(engines)))
    engines[asked["revision"]] = engine
    return {"packages": [name.removeprefix("data.") for name in packages]}


def evaluate(asked: dict[str, Any]) -> dict[str, Any]:
    """`value` is absent when the rule is undefined."""
    engine = engines.get(asked["revision"])
    if engine is None:
        return {"missing": True}
    once = engine.clone()
    try:
        once.set_input_json(json.dumps(asked["input"]))
        found = json.loads(once.eval_query_as_json("data." + asked["path"])).get("result") or []
    except BaseException as error:
        return {"error": fault("eval", error)}
    return {"value": found[0]["expressions"][0]["value"]} if found else {}


def serve() -> None:
    limit()
    for line in sys.stdin:
        asked = json.loads(line)
        # Ends this process by itself when its parent has died in the middle of an endless policy.
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        answer = load(asked) if asked["op"] == "load" else evaluate(asked)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


serve()
