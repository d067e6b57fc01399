"""How fast policies are checked: the engine alone, and the nightly check of all apps with all it stores."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from approvals.actions import impacts, policies, policy_versions, starters
from approvals.actions.checks import check_things
from approvals.check_sources import source_for
from approvals.engine import engine
from approvals.engine.inputs import evaluate
from approvals.models import Policy, PolicyVersion
from approvals.models.policy_check import Cause
from approvals.states import VersionState
from catalog.actions.submissions import SOURCE

POLICIES, SAMPLE = 10, 500


@dataclass(frozen=True)
class Line:
    """`checks` is how many evaluations the step did or saved."""

    name: str
    checks: int
    seconds: float


def measure() -> Iterator[Line]:
    """On the apps that are loaded, with ten policies in force: the shipped ones, and copies of them."""
    now = timezone.now()
    starters.load(now=now, mode="enforce")
    found = with_copies(list(Policy.objects.select_related("active").order_by("pk")))
    ids = list(source_for(SOURCE).live_ids())
    inputs = [thing.input for thing in source_for(SOURCE).things(ids[:SAMPLE], now=now)]
    policy_set = policy_versions.policy_set_of(active(found[0]))
    evaluate(engine(), policy_set, inputs[:1])  # the child process starts here
    yield timed("engine alone", len(inputs), lambda: evaluate(engine(), policy_set, inputs))
    everything = lambda: check_things(SOURCE, ids, policies=found, cause=Cause.NIGHTLY, now=now)  # noqa: E731
    yield timed("first night", len(ids) * len(found), everything)
    yield timed("next night", len(ids) * len(found), everything)
    yield timed("impact of one", len(ids) * 2, lambda: impacts.analyse(active(found[0]), by=None, now=now))


def active(policy: Policy) -> PolicyVersion:
    assert policy.active is not None
    return policy.active


def with_copies(shipped: list[Policy]) -> list[Policy]:
    """Ten policies: copies say the same under another name."""
    found = list(shipped)
    for number in range(POLICIES - len(shipped)):
        text, now = active(shipped[number % len(shipped)]), timezone.now()
        slug = f"copy-{number}"
        policy = policies.create(slug=slug, title=slug, summary="A copy.", severity="low", by=None, now=now)
        version = PolicyVersion.objects.create(
            policy=policy,
            number=1,
            modules=text.modules,
            data=text.data,
            revision=text.revision,
            mode="enforce",
            state=VersionState.PROPOSED,
        )
        with transaction.atomic():
            policy_versions.put_in_force(policy_versions.locked(version), by=None, now=now)
        found.append(Policy.objects.select_related("active").get(pk=policy.pk))
    return found


def timed(name: str, checks: int, act: Callable[[], object]) -> Line:
    started = time.perf_counter()
    act()
    return Line(name, checks, time.perf_counter() - started)
