"""Versions of a policy: written, tested, measured by their impact, proposed, and put in force by a second person."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from approvals import activations
from approvals.actions.policies import lock
from approvals.actions.rechecks import ask_recheck
from approvals.engine import Module, PolicySet, cases, engine
from approvals.models import Policy, PolicyVersion
from approvals.permissions_policies import denial_to_activate, denial_to_keep_policies
from approvals.states import VERSION_TRANSITIONS, VersionState
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition, check

OPEN = (VersionState.DRAFT, VersionState.PROPOSED)


def policy_set_of(version: PolicyVersion) -> PolicySet:
    modules = tuple(Module(name, source) for name, source in sorted(version.modules.items()))
    return PolicySet(modules, version.data)


@transaction.atomic
def write(
    policy: Policy,
    *,
    modules: Mapping[str, str],
    data: Mapping[str, Any],
    found: Sequence[Any],
    mode: str,
    note: str,
    by: User,
    now: datetime,
    seen: str | None = None,
) -> PolicyVersion:
    """Save the draft, making a new version when none is open. A text that does not compile is saved too, so that nothing is
    lost; it cannot be proposed. With `seen`, the revision the writer had before them, InvalidTransition tells of a colleague
    who was faster. Raises cases.BadCases."""
    allow(denial_to_keep_policies(by))
    policy = lock(policy)
    cases.read(list(found))
    version = policy.versions.filter(state__in=OPEN).first()
    if version is not None and version.state == VersionState.PROPOSED:
        raise InvalidTransition(_("A version is proposed already. Take it back to change it."))
    if version is not None and seen is not None and seen != fingerprint(version):
        raise InvalidTransition(
            _("%(person)s saved this draft while you were writing. Your words are below; look at theirs first.")
            % {"person": version.written_by}
        )
    if version is None:
        newest = policy.versions.order_by("-number").first()
        version = PolicyVersion(policy=policy, number=newest.number + 1 if newest else 1)
    version.modules, version.data, version.cases = dict(modules), dict(data), list(found)
    version.mode, version.note, version.written_by, version.written_at = mode, note, by, now
    version.revision, version.package = policy_set_of(version).revision, ""
    version.results, version.tested_at = [], None
    version.save()
    audit.record("approvals.version_written", policy, by=by, now=now, facts=facts_of(version))
    return version


def fingerprint(version: PolicyVersion) -> str:
    """Changes with every saving, also one that leaves the text alone."""
    return f"{version.revision}:{version.written_at.isoformat()}"


def test(version: PolicyVersion, *, by: User | None, now: datetime) -> PolicyVersion:
    """Compile it and run its cases. Raises PolicyError, with nothing stored, when it does not compile."""
    policy_set, read = policy_set_of(version), cases.read(version.cases)
    package = engine().check(policy_set).package
    results = [result.as_json() for result in cases.run(engine(), policy_set, read)]
    with transaction.atomic():
        version = PolicyVersion.objects.select_for_update(of=("self",)).select_related("policy").get(pk=version.pk)
        if policy_set_of(version).revision != policy_set.revision:
            raise InvalidTransition(_("Somebody changed this draft while its tests ran. Run them again."))
        version.package, version.results, version.tested_at = package, results, now
        version.save(update_fields=["package", "results", "tested_at"])
        passed = sum(result["passed"] for result in results)
        facts = {**facts_of(version), "passed": passed, "cases": len(results)}
        audit.record("approvals.version_tested", version.policy, by=by, now=now, facts=facts)
    return version


@transaction.atomic
def propose(version: PolicyVersion, *, by: User, now: datetime) -> PolicyVersion:
    """Ask a second person to put it in force: its tests pass, and its impact is known."""
    allow(denial_to_keep_policies(by))
    version = locked(version)
    if version.state == VersionState.DRAFT and (missing := missing_of(version)):
        raise InvalidTransition(missing)
    move(version, VersionState.PROPOSED)
    version.proposed_by, version.proposed_at = by, now
    version.save(update_fields=["state", "proposed_by", "proposed_at"])
    audit.record("approvals.version_proposed", version.policy, by=by, now=now, facts=facts_of(version))
    return version


def missing_of(version: PolicyVersion) -> str:
    """What keeps a draft from being proposed, as a sentence; empty when nothing does."""
    if not version.cases:
        return _("It has no test case. Write at least one that is denied and one that passes.")
    if not version.results:
        return _("Its tests have not been run since it was saved. Run them first.")
    if not version.tests_pass:
        return _("A test case does not end as expected. Look at the results, then change the text or the case.")
    if not version.impacts.filter(revision=version.revision, finished_at__isnull=False).exists():
        return _("Its impact on today's apps is not known. Analyse it first.")
    return ""


@transaction.atomic
def send_back(version: PolicyVersion, *, reason: str, by: User, now: datetime) -> PolicyVersion:
    """A draft again: by the second person with a reason, or taken back by who proposed it."""
    allow(denial_to_keep_policies(by))
    version = move(locked(version), VersionState.DRAFT)
    version.proposed_by, version.proposed_at = None, None
    version.save(update_fields=["state", "proposed_by", "proposed_at"])
    audit.record("approvals.version_sent_back", version.policy, by=by, now=now, reason=reason, facts=facts_of(version))
    return version


@transaction.atomic
def discard(version: PolicyVersion, *, by: User, now: datetime) -> PolicyVersion:
    allow(denial_to_keep_policies(by))
    version = move(locked(version), VersionState.DISCARDED)
    version.save(update_fields=["state"])
    audit.record("approvals.version_discarded", version.policy, by=by, now=now, facts=facts_of(version))
    return version


@transaction.atomic
def activate(version: PolicyVersion, *, by: User, now: datetime) -> PolicyVersion:
    """Put it in force in its mode: the version before is replaced, and every live thing is checked again."""
    version = locked(version)
    allow(denial_to_activate(by, version))
    if version.state == VersionState.PROPOSED and (missing := missing_of(version)):
        raise InvalidTransition(missing)
    put_in_force(version, by=by, now=now)
    audit.record("approvals.version_activated", version.policy, by=by, now=now, facts=facts_of(version))
    ask_recheck(version.policy, now=now)
    return version


def put_in_force(version: PolicyVersion, *, by: User | None, now: datetime) -> None:
    """On a locked version of a locked policy."""
    policy, before = version.policy, version.policy.active
    move(version, VersionState.ACTIVE)
    policy.versions.filter(state=VersionState.ACTIVE).update(state=VersionState.REPLACED)
    version.activated_by, version.activated_at = by, now
    version.save(update_fields=["state", "activated_by", "activated_at"])
    policy.active, policy.mode = version, version.mode
    policy.save(update_fields=["active", "mode"])
    if before is not None and before.revision != version.revision:
        activations.tell(version, now=now)


def locked(version: PolicyVersion) -> PolicyVersion:
    """The policy first, then its version."""
    policy = lock(version.policy)
    fresh = PolicyVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    fresh.policy = policy
    return fresh


def move(version: PolicyVersion, target: VersionState) -> PolicyVersion:
    """The one place that writes a version's state; the caller saves."""
    refusal = _("Version %(number)d is “%(state)s” by now, so this is no longer possible.") % {
        "number": version.number,
        "state": version.get_state_display().lower(),
    }
    check(VERSION_TRANSITIONS, VersionState(version.state), target, refusal=refusal)
    version.state = target
    return version


def facts_of(version: PolicyVersion) -> dict[str, Any]:
    return {"version": version.number, "revision": version.revision, "mode": version.mode}
