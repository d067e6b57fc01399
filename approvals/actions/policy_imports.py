"""Policies from files: each becomes a draft, of a new policy or as the next version of one that is there."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from approvals.actions import policies, policy_versions
from approvals.engine import Module, PolicyError, PolicySet, cases, engine
from approvals.engine.bundle import Bundle, Found
from approvals.models import Policy
from approvals.permissions_policies import denial_to_keep_policies
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition


@dataclass(frozen=True)
class Line:
    """What becomes, or became, of one policy of the files; `problem` keeps it out."""

    found: Found
    outcome: str
    problem: str = ""


def plan(bundle: Bundle) -> list[Line]:
    """What applying would do. Nothing is written."""
    standing = {policy.slug: policy for policy in Policy.objects.select_related("active")}
    return [line_of(found, standing.get(found.slug)) for found in bundle.policies]


def line_of(found: Found, policy: Policy | None) -> Line:
    policy_set = PolicySet(tuple(Module(m.name, m.source) for m in found.modules), found.data)
    try:
        engine().check(policy_set)
        cases.read(found.cases)
    except PolicyError as error:
        return Line(found, "refused", error.sentence)
    except cases.BadCases as error:
        return Line(found, "refused", str(error))
    if policy is None:
        return Line(found, "new")
    is_same = policy.active is not None and policy.active.revision == policy_set.revision
    return Line(found, "unchanged" if is_same else "draft")


def apply(bundle: Bundle, *, by: User, now: datetime) -> list[Line]:
    """Every good policy becomes a draft with its tests run, each in its own transaction; one that fails stops no other."""
    allow(denial_to_keep_policies(by))
    return [apply_one(line, by=by, now=now) if line.outcome in ("new", "draft") else line for line in plan(bundle)]


def apply_one(line: Line, *, by: User, now: datetime) -> Line:
    found = line.found
    try:
        with transaction.atomic():
            policy = Policy.objects.filter(slug=found.slug).first() or policies.create(
                slug=found.slug, title=found.title, summary=found.summary, severity=found.severity, by=by, now=now
            )
            version = policy_versions.write(
                policy,
                modules={module.name: module.source for module in found.modules},
                data=found.data,
                found=found.cases,
                mode=found.mode,
                note=_("Imported."),
                by=by,
                now=now,
            )
            policy_versions.test(version, by=by, now=now)
    except InvalidTransition as refusal:
        return Line(found, "refused", str(refusal))
    return line
