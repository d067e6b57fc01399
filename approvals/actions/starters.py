"""What the product ships with, put in place once and never touched again: policies in warn mode, and approver groups."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import routes
from approvals.actions import policies, policy_versions
from approvals.engine import bundle
from approvals.engine.bundle import Found
from approvals.models import ApproverGroup, Policy, PolicyVersion
from approvals.models.policy import Mode
from approvals.states import VersionState
from portal import audit

FOLDER = Path(__file__).parent.parent / "starters"


def load(*, now: datetime, mode: str = Mode.WARN) -> list[Policy]:
    """Those that are not there yet, with their first version in force. Nobody is harmed on the first day: they only warn."""
    there = set(Policy.objects.values_list("slug", flat=True))
    found = bundle.read_folder(FOLDER).policies
    return [put(one, now=now, mode=mode) for one in found if one.slug not in there]


def found_groups() -> None:
    """The approver groups that the shipped routes name, without members: until they have some the C4E is asked."""
    for slug, name in ((routes.SECURITY, _("Security")), (routes.LEGAL, _("Legal and data"))):
        ApproverGroup.objects.get_or_create(slug=slug, defaults={"name": name})


@transaction.atomic
def put(found: Found, *, now: datetime, mode: str) -> Policy:
    policy = policies.create(
        slug=found.slug, title=found.title, summary=found.summary, severity=found.severity, by=None, now=now
    )
    version = PolicyVersion.objects.create(
        policy=policy,
        number=1,
        modules={module.name: module.source for module in found.modules},
        data=found.data,
        cases=found.cases,
        note=_("Shipped with the product."),
        mode=mode,
        state=VersionState.PROPOSED,
        written_at=now,
    )
    version.revision = policy_versions.policy_set_of(version).revision
    version.save(update_fields=["revision"])
    policy_versions.test(version, by=None, now=now)
    version = policy_versions.locked(version)
    policy_versions.put_in_force(version, by=None, now=now)
    audit.record("approvals.version_shipped", policy, by=None, now=now, facts=policy_versions.facts_of(version))
    return version.policy
