from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Result(models.TextChoices):
    PASS = "pass", _("Passes")
    FAIL = "fail", _("Fails")
    ERROR = "error", _("Could not be evaluated, which counts as failing")


class Cause(models.TextChoices):
    REQUEST = "request", _("A request")
    NIGHTLY = "nightly", _("The nightly check")
    CHANGE = "change", _("A change")
    PERSON = "person", _("Somebody asked")


class PolicyCheck(models.Model):
    """One evaluation of a policy version for one thing, kept for good. `input_digest` is the sha256 of the input."""

    version = models.ForeignKey("approvals.PolicyVersion", models.PROTECT, related_name="checks")
    subject_kind = models.CharField(_("kind"), max_length=40)
    subject_id = models.BigIntegerField(_("number"))
    request = models.ForeignKey("approvals.ApprovalRequest", models.PROTECT, null=True, related_name="checks")
    business_unit = models.ForeignKey("portal.BusinessUnit", models.PROTECT, null=True, related_name="+")
    cause = models.CharField(_("cause"), max_length=7, choices=Cause.choices)
    input_digest = models.CharField(_("input digest"), max_length=64)
    result = models.CharField(_("result"), max_length=5, choices=Result.choices)
    reasons = models.JSONField(_("reasons"), default=list)
    milliseconds = models.FloatField(_("took (ms)"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("policy check")
        verbose_name_plural = _("policy checks")
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="check_subject"),
            models.Index(fields=["version", "-id"], name="check_version"),
            models.Index(fields=["at"], name="check_at"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.subject_kind} {self.subject_id}: {self.result}"


class PolicyStanding(models.Model):
    """How a thing stands with a policy now: its latest check. The nightly check skips what has not changed since."""

    policy = models.ForeignKey("approvals.Policy", models.CASCADE, related_name="standings")
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    version = models.ForeignKey("approvals.PolicyVersion", models.PROTECT, related_name="+")
    check_row = models.ForeignKey(PolicyCheck, models.PROTECT, related_name="+")
    input_digest = models.CharField(max_length=64)
    result = models.CharField(_("result"), max_length=5, choices=Result.choices)
    reasons = models.JSONField(_("reasons"), default=list)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("standing with a policy")
        verbose_name_plural = _("standings with policies")
        constraints = [
            models.UniqueConstraint(fields=["policy", "subject_kind", "subject_id"], name="standing_once"),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="standing_subject")]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.subject_kind} {self.subject_id}: {self.result}"
