from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FlagAnswer(models.TextChoices):
    KEEP = "keep", _("Keep it")
    HAND_OVER = "hand_over", _("Hand it over")
    ARCHIVE = "archive", _("Archive it")
    IN_USE = "in_use", _("Use was seen again")
    UNDONE = "undone", _("The sweep was undone")


class Flag(models.Model):
    """The question to the owner of an app that looks unused, with the evidence as it was.

    Days count from `at`: after the first span the second owner and the manager are asked too (`escalated_at`), after the
    second the facts are checked again and the app is archived."""

    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="flags")
    run = models.ForeignKey("catalog.SweepRun", models.SET_NULL, null=True, related_name="+")
    evidence = models.JSONField(_("evidence"), default=dict)
    at = models.DateTimeField(_("flagged"), default=timezone.now)
    escalated_at = models.DateTimeField(_("escalated"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=9, choices=FlagAnswer.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        constraints = [
            models.UniqueConstraint(fields=["app"], condition=models.Q(answered_at=None), name="flag_one_open"),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answer="")
                | (models.Q(answered_at__isnull=False) & ~models.Q(answer="")),
                name="flag_answer_and_time",
            ),
        ]
        indexes = [models.Index(fields=["at"], condition=models.Q(answered_at=None), name="flag_open")]

    def __str__(self) -> str:
        return f"{self.app_id} {self.at:%Y-%m-%d}"
