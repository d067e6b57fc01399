from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.award import Award


class RecertificationQuerySet(models.QuerySet["Recertification"]):
    def open(self) -> RecertificationQuerySet:
        return self.filter(done_at=None)


class Recertification(models.Model):
    """What changed under an award: a short delta quiz on `questions` (ids), to pass before `due_at`; after that the award
    is suspended until it is passed. `cause` names the policy or course and its version."""

    award = models.ForeignKey(Award, models.CASCADE, related_name="recertifications", verbose_name=_("award"))
    cause_kind = models.CharField(_("cause"), max_length=8, choices=[("policy", _("Policy")), ("course", _("Course"))])
    cause_key = models.CharField(_("which"), max_length=80)
    cause_number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("what changed"), max_length=200)
    url = models.CharField(_("page"), max_length=300, blank=True)
    questions = models.JSONField(_("questions"), default=list)
    made_at = models.DateTimeField(_("since"), default=timezone.now)
    due_at = models.DateTimeField(_("due"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = RecertificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recertification")
        verbose_name_plural = _("recertifications")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "cause_kind", "cause_key", "cause_number"], name="recertification_once"
            )
        ]
        indexes = [models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="recertification_due")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("training:recertification_detail", args=[self.pk])
