from __future__ import annotations

from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.enrolment import Enrolment
from training.models.lesson import Question
from training.models.recertification import Recertification


class Attempt(models.Model):
    """One try at a quiz: of an enrolment, or a delta quiz of a recertification.

    The draw is stored (`seed`, the questions and the order of their options), and so are the rules it began with: nothing
    that is edited later changes it. `deadline_at` is counted by the server; None when there is no time limit."""

    user = models.ForeignKey("portal.User", models.PROTECT, related_name="attempts", verbose_name=_("learner"))
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, null=True, blank=True, related_name="attempts")
    recertification = models.ForeignKey(Recertification, models.PROTECT, null=True, blank=True, related_name="attempts")
    number = models.PositiveSmallIntegerField(_("number"))
    seed = models.CharField(_("seed of the draw"), max_length=32)
    rules = models.JSONField(_("rules"))
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    deadline_at = models.DateTimeField(_("time is over"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    score = models.DecimalField(_("score in percent"), max_digits=5, decimal_places=2, null=True, blank=True)
    passed = models.BooleanField(_("passed"), null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(enrolment__isnull=False, recertification=None)
                | models.Q(enrolment=None, recertification__isnull=False),
                name="attempt_one_purpose",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at=None, score=None, passed=None)
                | models.Q(submitted_at__isnull=False, score__isnull=False, passed__isnull=False),
                name="attempt_graded_when_handed_in",
            ),
            models.UniqueConstraint(fields=["enrolment", "number"], name="attempt_number_once"),
            models.UniqueConstraint(fields=["recertification", "number"], name="attempt_delta_number_once"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=models.Q(submitted_at=None), name="attempt_one_open"
            ),
            models.UniqueConstraint(
                fields=["recertification"], condition=models.Q(submitted_at=None), name="attempt_one_open_delta"
            ),
        ]
        indexes = [
            models.Index(fields=["deadline_at"], condition=models.Q(submitted_at=None), name="attempt_deadline"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("training:attempt_detail", args=[self.pk])

    def is_over(self, now: datetime) -> bool:
        """No answer is taken any more."""
        return self.submitted_at is not None or (self.deadline_at is not None and now > self.deadline_at)


class AttemptItem(models.Model):
    """One question of an attempt: in which order its options stand, what was answered, and what it was worth (0 to 1)."""

    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="items", verbose_name=_("attempt"))
    position = models.PositiveSmallIntegerField(_("place"))
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name=_("question"))
    key = models.JSONField(_("what the policy said"), null=True, blank=True)
    order = models.JSONField(_("order of the options"), default=list)
    answer = models.JSONField(_("answer"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    score = models.FloatField(_("score"), null=True, blank=True)

    class Meta:
        verbose_name = _("question of an attempt")
        verbose_name_plural = _("questions of attempts")
        ordering = ["attempt", "position"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "position"], name="attempt_place_once"),
            models.UniqueConstraint(fields=["attempt", "question"], name="attempt_question_once"),
        ]
        indexes = [models.Index(fields=["question"], name="attempt_item_question")]

    def __str__(self) -> str:
        return f"{self.attempt_id}.{self.position}"


class TimeAllowance(models.Model):
    """More time for one person in every quiz with a time limit (WCAG 2.2.1): `percent` of the limit, or None for no limit."""

    user = models.OneToOneField("portal.User", models.CASCADE, related_name="time_allowance", verbose_name=_("learner"))
    percent = models.PositiveSmallIntegerField(_("percent of the time limit"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    granted_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("granted by"))
    granted_at = models.DateTimeField(_("granted"), default=timezone.now)

    class Meta:
        verbose_name = _("time allowance")
        verbose_name_plural = _("time allowances")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent=None) | models.Q(percent__gt=100), name="time_allowance_more"
            )
        ]

    def __str__(self) -> str:
        return str(self.user)
