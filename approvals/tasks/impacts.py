"""Measuring what a version would mean, as long work with progress."""

from typing import Any

from django.utils import timezone

from approvals.actions.impacts import analyse
from approvals.models import PolicyVersion
from portal import jobs
from portal.models import Job


@jobs.body("approvals.analyse_impact")
def analyse_impact(job: Job, *, version_id: int) -> dict[str, Any]:
    version = PolicyVersion.objects.select_related("policy__active").get(pk=version_id)
    report = lambda done, of: jobs.advance(job, progress=done, total=of)  # noqa: E731
    impact = analyse(version, by=job.by, now=timezone.now(), report=report)
    return {"impact": impact.pk, "total": impact.total, "newly_fails": impact.newly_fails}
