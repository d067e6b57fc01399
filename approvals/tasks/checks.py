"""Checking again: one policy over all things after it changed, and every night whatever changed since."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import shared_task
from django.utils import timezone

from approvals.actions.checks import check_things
from approvals.actions.violations import remind_due
from approvals.check_sources import SOURCES
from approvals.models import Policy, Violation
from approvals.models.policy_check import Cause
from portal import jobs, slots
from portal.models import Job


@jobs.body("approvals.recheck_policy")
def recheck_policy(job: Job, *, policy_id: int) -> dict[str, Any]:
    return work(
        job, list(Policy.objects.filter(pk=policy_id, active__isnull=False).select_related("active")), Cause.CHANGE
    )


@jobs.body("approvals.recheck_all")
def recheck_all(job: Job) -> dict[str, Any]:
    """Every policy with a version: those turned off close what they opened."""
    return work(job, list(Policy.objects.exclude(active=None).select_related("active")), Cause.NIGHTLY)


def work(job: Job, policies: list[Policy], cause: Cause) -> dict[str, Any]:
    """A run that was killed goes on where standings say nothing has changed."""
    checked = 0
    for kind, source in SOURCES.items():
        standing = Violation.objects.standing().filter(subject_kind=kind).values_list("subject_id", flat=True)
        ids = sorted({*source.live_ids(), *standing})
        report = partial(advance, job, len(ids))
        checked += check_things(kind, ids, policies=policies, cause=cause, now=timezone.now(), report=report)
    return {"checked": checked}


def advance(job: Job, total: int, done: int) -> None:
    jobs.advance(job, progress=done, total=total)


@shared_task(name="approvals.nightly")
@slots.each_slot("approvals.nightly", timedelta(days=1))
def nightly(*, now: datetime) -> None:
    remind_due(now=now)
    jobs.enqueue("approvals.recheck_all", key=f"recheck:all:{now.date().isoformat()}")
