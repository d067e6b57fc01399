"""Test cases of a policy as data: an input, and the denials it must give.

A case says only what differs from BASE, an app that nobody could object to; objects are merged, everything else replaces."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from approvals.engine.inputs import evaluate
from approvals.engine.interface import Engine, PolicySet, Verdict

MOST_CASES = 200
BASE: dict[str, Any] = {
    "version": 1,
    "app": {
        "id": 1,
        "name": "Shift swap",
        "slug": "shift-swap",
        "state": "active",
        "risk": "low",
        "owner": {"email": "priya.nair@example.org", "certification": None},
        "second_owner": {"email": "tomas.ruiz@example.org", "certification": None},
        "business_unit": "stores",
        "cost_centre": "410220",
        "data_classification": "internal",
        "audience_size": 40,
        "sla_tier": "best_effort",
        "lifespan_days": 90,
        "expires_on": "2027-02-21",
        "tags": {},
    },
    "request": {"hosts": [], "connectors": [], "apps": []},
    "sbom": None,
    "manifest": None,
    "facts": {"active_users": 12, "monthly_budget": None},
}


class BadCases(Exception):
    """The cases cannot be read. The text is a sentence for the person who wrote them."""


@dataclass(frozen=True)
class Case:
    """`denials` are the exact reasons expected; None expects that it denies, whatever it says."""

    name: str
    input: Mapping[str, Any]
    denials: tuple[str, ...] | None


@dataclass(frozen=True)
class Result:
    name: str
    passed: bool
    expected: list[str] | None
    got: list[str]

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "passed": self.passed, "expected": self.expected, "got": self.got}


def merged(base: Any, over: Any) -> Any:
    if isinstance(base, dict) and isinstance(over, Mapping):
        return {**base, **{key: merged(base.get(key), value) for key, value in over.items()}}
    return over


def read(found: Any) -> list[Case]:
    """Cases from plain data: a list of {name, input, denials}, where `denials` is a list or true. Raises BadCases."""
    if not isinstance(found, list):
        raise BadCases(_("The cases are a list. Begin each with “- name:”."))
    if len(found) > MOST_CASES:
        raise BadCases(_("There are more than %(most)d cases.") % {"most": MOST_CASES})
    cases: list[Case] = []
    for number, one in enumerate(found, start=1):
        if not isinstance(one, Mapping) or not isinstance(one.get("name"), str) or not one["name"].strip():
            raise BadCases(_("Case %(number)d has no name.") % {"number": number})
        denials, asked = one.get("denials", []), one.get("input", {})
        if not isinstance(asked, Mapping):
            raise BadCases(_("The input of “%(name)s” is a group of fields.") % {"name": one["name"]})
        if denials is not True and not (isinstance(denials, list) and all(isinstance(d, str) for d in denials)):
            raise BadCases(
                _("“denials” of “%(name)s” is a list of texts, or true for any denial.") % {"name": one["name"]}
            )
        if unknown := set(one) - {"name", "input", "denials"}:
            words = {"name": one["name"], "field": ", ".join(sorted(map(str, unknown)))}
            raise BadCases(_("“%(name)s” has a field that a case does not have: %(field)s.") % words)
        cases.append(Case(one["name"], asked, None if denials is True else tuple(denials)))
    if len({case.name for case in cases}) < len(cases):
        raise BadCases(_("Two cases have the same name. Give each its own."))
    return cases


def run(engine: Engine, policy_set: PolicySet, cases: Sequence[Case]) -> list[Result]:
    """An input that does not fit the schema is denied, and a case may expect just that."""
    inputs = [merged(BASE, case.input) for case in cases]
    return [result_of(case, verdict) for case, verdict in zip(cases, evaluate(engine, policy_set, inputs), strict=True)]


def result_of(case: Case, verdict: Verdict) -> Result:
    if case.denials is None:
        return Result(case.name, not verdict.passed, None, list(verdict.reasons))
    expected = sorted(set(case.denials))
    is_clean = verdict.error is None
    return Result(case.name, is_clean and list(verdict.reasons) == expected, expected, list(verdict.reasons))
