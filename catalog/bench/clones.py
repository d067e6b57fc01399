"""How long a clone and its upgrade take: rendering, registering, the repository, the merge, all that a person waits for."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

from django.utils import timezone

from catalog.actions.marketplace import clones, starters, upgrades
from catalog.models import Clone, TemplateVersion, Upgrade
from catalog.starters.compose import KINDS, VERSIONS
from portal.models import BusinessUnit, CostCentre, User


@dataclass(frozen=True)
class Line:
    """Seconds of one step, over `runs` runs."""

    name: str
    runs: int
    median: float
    longest: float


def measure(by: User, runs: int) -> Iterator[Line]:
    """Of every shipped template in turn, from its first version to its second."""
    User.objects.filter(pk=by.pk).update(is_superuser=True)  # the shipped templates are kept by an administrator
    shipped = [{number: starters.tree(kind, number) for number in VERSIONS} for kind in KINDS[:runs]]
    templates = [starters.ship(trees, now=timezone.now()) for trees in shipped]
    first = [template.versions.get(number=VERSIONS[0]) for template in templates]
    clone_times, upgrade_times = [], []
    for number in range(runs):
        version = first[number % len(first)]
        clone, seconds = timed(partial(make, version, by, number))
        clone_times.append(seconds)
        _upgrade, seconds = timed(partial(upgrade, clone, by))
        upgrade_times.append(seconds)
    for name, found in (("clone", clone_times), ("upgrade", upgrade_times)):
        yield Line(name, len(found), median(found), max(found))


def timed(act: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    result = act()
    return result, time.perf_counter() - started


def make(version: TemplateVersion, by: User, number: int) -> Clone:
    values = {
        "name": f"Measured {number}",
        "purpose": "It is made to see how long making it takes.",
        "justification": "Nobody waits longer than need be.",
        "owner": by,
        "second_owner": User.objects.exclude(pk=by.pk).order_by("pk")[0],
        "contact": "bench@bench.example",
        "business_unit": BusinessUnit.objects.order_by("pk")[0],
        "cost_centre": CostCentre.objects.order_by("pk")[0],
        "data_classification": version.metadata["touches"]["data_classification"],
        "audience_size": 40,
        "sla_tier": "best_effort",
        "lifespan_days": 90,
        "url": "",
        "connectors": [],
        "hosts": [],
        "apps": [],
    }
    return clones.make(version, by=by, values=values, answers=answers_of(version), now=timezone.now())


def answers_of(version: TemplateVersion) -> dict[str, Any]:
    """Those of its first declared example."""
    return version.metadata["examples"][0]["answers"]


def upgrade(clone: Clone, by: User) -> Upgrade:
    """Asked for, merged and applied; what stands in line for a worker is not counted."""
    target = clone.template.versions.get(number=VERSIONS[-1])
    now = timezone.now()
    begun = upgrades.begin(clone, target, answers={**answers_of(target), **clone.answers}, hidden={}, by=by, now=now)
    return upgrades.apply(upgrades.prepare(begun, now=now), where=upgrades.MAIN, by=by, now=now)
