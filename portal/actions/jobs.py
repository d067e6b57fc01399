"""What people do to jobs: stop one, start a failed one again, discard it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import audit, jobs, permissions
from portal.models import Job, User
from portal.models.job import JobState
from portal.states import InvalidTransition

OVER = _("This job is over, so it cannot be stopped. Look at its page for the result.")
NOT_FAILED = _("Only a failed job can be started again or discarded. Somebody may have done so just now.")


def lock(job: Job) -> Job:
    return Job.objects.select_for_update(of=("self",)).select_related("by").get(pk=job.pk)


@transaction.atomic
def cancel(job: Job, *, by: User, now: datetime) -> Job:
    """Stop a job: at once while it waits, at its next safe point while it runs. Asking twice changes nothing."""
    job = lock(job)
    permissions.allow(permissions.denial_to_see_job(by, job))
    if job.is_over:
        raise InvalidTransition(str(OVER))
    if job.cancel_requested_at is not None:
        return job
    job.cancel_requested_at = now
    job.save(update_fields=["cancel_requested_at"])
    audit.record("portal.job_cancelled", job, by=by, now=now)
    if job.state == JobState.OPEN:
        jobs.end(job, JobState.CANCELLED, now=now)
    return job


@transaction.atomic
def retry(job: Job, *, by: User, now: datetime) -> Job:
    """Give a failed job all its attempts again, from now."""
    job = lock(job)
    permissions.allow(permissions.denial_to_use_console(by))
    if job.state != JobState.DEAD:
        raise InvalidTransition(str(NOT_FAILED))
    error, job.state, job.attempts, job.error, job.run_after = job.error, JobState.OPEN, 0, "", now
    job.started_at = job.finished_at = job.lease_until = job.cancel_requested_at = None
    job.save()
    audit.record("portal.job_retried", job, by=by, now=now, facts={"error": error})
    transaction.on_commit(lambda: jobs.wake(job.pk), robust=True)
    return job


@transaction.atomic
def discard(job: Job, *, by: User, now: datetime) -> Job:
    """Give a failed job up. It stays listed as cancelled, with its error."""
    job = lock(job)
    permissions.allow(permissions.denial_to_use_console(by))
    if job.state != JobState.DEAD:
        raise InvalidTransition(str(NOT_FAILED))
    job.state = JobState.CANCELLED
    job.save(update_fields=["state"])
    audit.record("portal.job_discarded", job, by=by, now=now, facts={"error": job.error})
    return job
