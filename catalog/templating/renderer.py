"""The child process that renders templates with Copier, and asks their questions. Run, never imported: JSON in, JSON out.

It sees no environment but a path, no network where the system allows, little memory and little time. The filters of Copier that
look at the server are taken out besides: a template needs none of them."""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

sys.path[:0] = json.loads(sys.argv[1])

import jinja2  # noqa: E402
from jinja2.sandbox import SandboxedEnvironment  # noqa: E402

LOOKS_AT_SERVER = frozenset(
    {"expandvars", "expanduser", "fileglob", "realpath", "relpath", "win_basename", "win_dirname", "win_splitdrive"}
)


def blind() -> None:
    """Take the filters that look at the server out of what Copier gives every template."""
    extension = importlib.import_module("jinja2_ansible_filters").AnsibleCoreFiltersExtension
    load = extension.__init__

    def load_without(self: Any, environment: Any) -> None:
        load(self, environment)
        for name in LOOKS_AT_SERVER:
            environment.filters.pop(name, None)

    extension.__init__ = load_without


def render(asked: dict[str, Any]) -> dict[str, Any]:
    """Into each destination with its answers; the first error of each is told by its kind."""
    import copier  # noqa: PLC0415  (asking a question does not need it, and it is slow to load)

    blind()
    found = []
    for one in asked["renders"]:
        try:
            copier.run_copy(
                asked["source"],
                one["destination"],
                data=one["answers"],
                defaults=True,
                overwrite=True,
                quiet=True,
                unsafe=False,
                skip_tasks=True,
                exclude=(".git",),
                settings=copier.Settings(),
            )
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            found.append({"ok": False, "kind": type(error).__name__, "message": str(error)[:2_000]})
        else:
            found.append({"ok": True})
    return {"renders": found}


def environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=jinja2.StrictUndefined)


def ask(asked: dict[str, Any]) -> dict[str, Any]:
    """Each question as it stands with these answers: whether it is put, what it offers, and what is wrong with its answer."""
    env, values, found = environment(), dict(asked["values"]), {}
    for question in asked["questions"]:
        try:
            found[question["name"]] = one(env, question, values)
        except Exception as error:
            found[question["name"]] = {"error": f"{type(error).__name__}: {error}"[:500]}
    return {"questions": found}


def one(env: SandboxedEnvironment, question: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    name = question["name"]
    when = question.get("when", True)
    shown = truth(env.from_string(when).render(values)) if isinstance(when, str) else bool(when)
    default = question.get("default")
    default = env.from_string(default).render(values) if isinstance(default, str) else default
    said = {
        "shown": shown,
        "default": default,
        "help": env.from_string(question.get("help", "")).render(values),
        "problem": "",
    }
    if not shown or name not in values:
        values[name] = default
        return said
    if validator := question.get("validator", ""):
        said["problem"] = env.from_string(validator).render(values).strip()
    return said


def truth(text: str) -> bool:
    return text.strip().casefold() not in ("", "false", "no", "off", "0", "none", "null", "n")


if __name__ == "__main__":
    request = json.loads(sys.stdin.read())
    answer = {"render": render, "ask": ask}[request["op"]](request)
    Path(request["answer"]).write_text(json.dumps(answer))
