"""The input of a policy: checked against its published JSON Schema before any policy sees it, so that a field that is
missing or of the wrong type denies instead of slipping through."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
from django.utils.translation import gettext as _

from approvals.engine.interface import Engine, PolicyError, PolicySet, Verdict, refused

SCHEMA_FILE = Path(__file__).parent.parent / "schemas" / "policy-input.schema.json"


@cache
def schema_text() -> str:
    return SCHEMA_FILE.read_text()


@cache
def validator() -> Any:
    return jsonschema_rs.Draft202012Validator(json.loads(schema_text()))


def digest(asked: Mapping[str, Any]) -> str:
    """SHA-256 of the document in one canonical form."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def problem_of(asked: Any) -> str | None:
    """The first thing wrong with a document, as a sentence; None when it fits the schema."""
    error = next(iter(validator().iter_errors(asked)), None)
    if error is None:
        return None
    place = ".".join(str(part) for part in error.instance_path) or "input"
    return _("“%(place)s” does not fit the input's schema: %(message)s") % {
        "place": place,
        "message": error.message[:300],
    }


def evaluate(engine: Engine, policy_set: PolicySet, inputs: Sequence[Mapping[str, Any]]) -> list[Verdict]:
    """As the engine does, after a look at every input: one that does not fit the schema is denied unseen."""
    problems = [problem_of(asked) for asked in inputs]
    fit = [asked for asked, problem in zip(inputs, problems, strict=True) if problem is None]
    verdicts = iter(engine.evaluate(policy_set, fit) if fit else [])
    return [refused(PolicyError("input", problem)) if problem else next(verdicts) for problem in problems]
