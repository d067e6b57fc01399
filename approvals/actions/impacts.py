"""What a version would mean for everything that is live: who would newly fail, and who would newly pass."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from approvals.actions.policy_versions import policy_set_of
from approvals.check_sources import SOURCES, Checked
from approvals.engine import Verdict, engine
from approvals.engine.inputs import evaluate
from approvals.models import Impact, ImpactItem, PolicyVersion
from approvals.models.impact import Change
from portal.models import User

BATCH = 500
CHANGES = {(True, False): Change.NEWLY_FAILS, (False, True): Change.NEWLY_PASSES, (False, False): Change.STILL_FAILS}
Report = Callable[[int, int], None]


def analyse(
    version: PolicyVersion, *, by: User | None, now: datetime, report: Report = lambda done, of: None
) -> Impact:
    """Evaluate it and the version in force on all live things, and keep who would change. Nothing is kept half: a run that
    was cut off leaves no analysis."""
    new, old = policy_set_of(version), policy_set_of(version.policy.active) if version.policy.active else None
    items: list[ImpactItem] = []
    total = 0
    for source in SOURCES.values():
        ids = source.live_ids()
        for start in range(0, len(ids), BATCH):
            things = source.things(ids[start : start + BATCH], now=now)
            inputs = [thing.input for thing in things]
            after = evaluate(engine(), new, inputs)
            before = [verdict.passed for verdict in evaluate(engine(), old, inputs)] if old else [True] * len(inputs)
            found = zip(things, before, after, strict=True)
            items += [item_of(thing, was, verdict) for thing, was, verdict in found if not (was and verdict.passed)]
            total += len(things)
            report(total, len(ids))
    return keep(version, items, total=total, revision=new.revision, by=by, now=now)


def item_of(thing: Checked, was_passing: bool, verdict: Verdict) -> ImpactItem:
    return ImpactItem(
        subject_kind=thing.kind,
        subject_id=thing.id,
        title=thing.title,
        url=thing.url,
        change=CHANGES[was_passing, verdict.passed],
        reasons=list(verdict.reasons),
    )


@transaction.atomic
def keep(
    version: PolicyVersion, items: list[ImpactItem], *, total: int, revision: str, by: User | None, now: datetime
) -> Impact:
    counts = {change.value: sum(item.change == change for item in items) for change in Change}
    impact = Impact.objects.create(
        version=version, revision=revision, started_at=now, finished_at=now, by=by, total=total, **counts
    )
    for item in items:
        item.impact = impact
    ImpactItem.objects.bulk_create(items, batch_size=1_000)
    return impact
