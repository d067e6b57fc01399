"""What the portal knows of a policy engine. Two stand behind it: one in a child process, and an OPA server.

A policy answers with its set `deny`: empty passes, anything in it is a reason. What is undefined, of another shape, or an
error denies, with a sentence."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LARGEST_SOURCE, MOST_MODULES, LARGEST_DATA = 65_536, 20, 1_048_576
MOST_REASONS, LONGEST_REASON = 50, 500


@dataclass(frozen=True)
class Module:
    """One file of Rego. `name` is what messages call it, such as `hosts.rego`."""

    name: str
    source: str


@dataclass(frozen=True)
class PolicySet:
    """The files of one policy and the data they read as `data`."""

    modules: tuple[Module, ...]
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def revision(self) -> str:
        """SHA-256 of the content: the same text is the same revision on every machine."""
        content = [[[m.name, m.source] for m in sorted(self.modules, key=lambda m: m.name)], self.data]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


KINDS: dict[str, str | Promise] = {
    "compile": gettext_lazy("This is not valid Rego"),
    "forbidden": gettext_lazy("A policy may not do this"),
    "eval": gettext_lazy("The policy stopped with an error"),
    "timeout": gettext_lazy("The policy ran too long and was stopped"),
    "crash": gettext_lazy("The policy used too much memory and was stopped"),
    "unavailable": gettext_lazy("The policy engine does not answer"),
    "shape": gettext_lazy("The policy gave no set of reasons"),
    "input": gettext_lazy("What was to be checked is incomplete"),
}


class PolicyError(Exception):
    """`kind` is a key of KINDS; `line` and `column` count from 1 and are None where nothing points at the source."""

    def __init__(
        self, kind: str, message: str = "", file: str | None = None, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message)
        self.kind, self.message, self.file, self.line, self.column = kind, message, file, line, column

    @property
    def sentence(self) -> str:
        """For the person who wrote it: what is wrong, where, and for old Rego what to write instead."""
        parts = [str(KINDS[self.kind])]
        if self.line:
            place = {"file": self.file or "policy.rego", "line": self.line, "column": self.column or 1}
            parts.append(_("%(file)s, line %(line)d, column %(column)d") % place)
        if self.message:
            parts.append(self.message)
        return ": ".join(parts) + ". " + hint_for(self.message) if self.message else ": ".join(parts) + "."

    @property
    def is_outage(self) -> bool:
        """Is the engine to blame rather than the policy? Then it says nothing about what was checked."""
        return self.kind == "unavailable"


OLD_REGO = ("`if` keyword is required", "`contains` keyword is required", "unexpected import", "expecting expression")


def hint_for(message: str) -> str:
    if any(sign in message for sign in OLD_REGO):
        return _(
            "This looks like Rego of the time before version 1. Begin the file with “import rego.v1”, write "
            "“deny contains reason if {” instead of “deny[reason] {”, and “:=” instead of “=”."
        )
    return ""


@dataclass(frozen=True)
class Checked:
    """What the engine says of a policy that compiles."""

    package: str


@dataclass(frozen=True)
class Verdict:
    """The answer for one input. With an `error` it denies, and its sentence is the reason."""

    passed: bool
    reasons: tuple[str, ...]
    milliseconds: float
    error: PolicyError | None = None


class Engine(Protocol):
    def check(self, policy_set: PolicySet) -> Checked:
        """Compile it and look at what it calls. Raises PolicyError."""
        ...

    def evaluate(self, policy_set: PolicySet, inputs: Sequence[Mapping[str, Any]]) -> list[Verdict]:
        """One verdict for each input, in their order. Never raises for a fault of the policy: that denies."""
        ...

    def close(self) -> None: ...


def refused(error: PolicyError, milliseconds: float = 0.0) -> Verdict:
    return Verdict(False, (error.sentence,), milliseconds, error)


def verdict_of(answer: Any, milliseconds: float) -> Verdict:
    """Read the value of `deny`: a list of texts, or of objects with a text `msg`."""
    if not isinstance(answer, list):
        return refused(PolicyError("shape", _("“deny” is undefined or no set")), milliseconds)
    texts: list[Any] = [one.get("msg") if isinstance(one, dict) else one for one in answer]
    if not all(isinstance(text, str) for text in texts):
        return refused(PolicyError("shape", _("a reason is a text, or an object with a text “msg”")), milliseconds)
    reasons = sorted({text[:LONGEST_REASON] for text in texts})[:MOST_REASONS]
    return Verdict(not reasons, tuple(reasons), milliseconds)


def refuse_too_large(policy_set: PolicySet) -> None:
    """Raises PolicyError for a policy that nobody could read anyway."""
    if not policy_set.modules:
        raise PolicyError("compile", _("there is no source"))
    if len(policy_set.modules) > MOST_MODULES:
        raise PolicyError("compile", _("there are more than %(most)d files") % {"most": MOST_MODULES})
    for module in policy_set.modules:
        if len(module.source.encode()) > LARGEST_SOURCE:
            raise PolicyError("compile", _("the file is larger than 64 KB"), module.name, 1, 1)
    if len(json.dumps(policy_set.data)) > LARGEST_DATA:
        raise PolicyError("compile", _("the data is larger than 1 MB"))
