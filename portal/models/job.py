from __future__ import annotations

from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models.user import Role, User


class JobState(models.TextChoices):
    OPEN = "open", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    DEAD = "dead", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class JobQuerySet(models.QuerySet["Job"]):
    def ready(self, now: datetime) -> JobQuerySet:
        """Jobs to start: waiting and due, or running with a lease that ran out (the worker died)."""
        return self.filter(
            models.Q(state=JobState.OPEN, run_after__lte=now) | models.Q(state=JobState.RUNNING, lease_until__lt=now)
        ).order_by("run_after", "id")

    def held_by(self, job: Job) -> JobQuerySet:
        """The row, as long as it is still this very attempt that runs it: a worker that was given up on writes nothing."""
        return self.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)

    def visible_to(self, user: User) -> JobQuerySet:
        """Their own; C4E staff see every job."""
        return self if user.has_role(Role.STAFF) else self.asked_by(user)

    def asked_by(self, user: User) -> JobQuerySet:
        return self.filter(by=user)

    def in_state(self, *states: JobState) -> JobQuerySet:
        return self.filter(state__in=states)

    def under_way(self) -> JobQuerySet:
        return self.in_state(JobState.OPEN, JobState.RUNNING)


class Job(models.Model):
    """A piece of work, written in the same transaction as the change that calls for it.

    `name` is a registered body, `arguments` its keyword arguments. `lease_until` lies in the future while a worker is
    alive. `step` and `progress` are what the job page shows; `result` is what the body returned."""

    name = models.CharField(_("work"), max_length=80)
    title = models.CharField(_("title"), max_length=200, blank=True)
    arguments = models.JSONField(_("arguments"), default=dict)
    key = models.CharField(_("key"), max_length=200, null=True, blank=True, unique=True)  # noqa: DJ001  (many jobs have no key)
    by = models.ForeignKey("portal.User", models.SET_NULL, null=True, related_name="jobs", verbose_name=_("asked by"))
    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.OPEN)
    created_at = models.DateTimeField(_("asked"), default=timezone.now)
    run_after = models.DateTimeField(_("not before"), default=timezone.now)
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    lease_until = models.DateTimeField(_("lease"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    max_attempts = models.PositiveSmallIntegerField(_("attempts allowed"), default=5)
    step = models.CharField(_("step"), max_length=200, blank=True)
    progress = models.PositiveIntegerField(_("done so far"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    cancel_requested_at = models.DateTimeField(_("cancel asked"), null=True)
    result = models.JSONField(_("result"), default=dict)
    result_url = models.CharField(_("result page"), max_length=300, blank=True)
    error = models.TextField(_("what went wrong"), blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="job_state_known")]
        indexes = [
            models.Index(fields=["run_after", "id"], condition=models.Q(state="open"), name="job_open"),
            models.Index(fields=["lease_until"], condition=models.Q(state="running"), name="job_running"),
            models.Index(fields=["state", "-id"], name="job_state"),
            models.Index(fields=["by", "-id"], name="job_by"),
        ]

    def __str__(self) -> str:
        return self.title or self.name

    def get_absolute_url(self) -> str:
        return reverse("job_detail", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.DEAD, JobState.CANCELLED)
