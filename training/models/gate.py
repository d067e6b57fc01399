from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.award import Award


class GateDecision(models.Model):
    """What was read when a door was tried: who, for what, which award, its standing, and the policy versions covered.

    `required` is the level asked for; 0 means any valid certification."""

    user = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("person"))
    purpose = models.CharField(_("door"), max_length=40)
    about_kind = models.CharField(_("kind"), max_length=40, blank=True)
    about_id = models.BigIntegerField(_("number"), null=True, blank=True)
    required = models.PositiveSmallIntegerField(_("level required"), default=0)
    award = models.ForeignKey(Award, models.PROTECT, null=True, blank=True, related_name="+")
    standing = models.CharField(_("standing"), max_length=9, blank=True)
    number = models.PositiveIntegerField(_("version of the certification"), null=True, blank=True)
    policies = models.JSONField(_("policy versions"), default=dict)
    allowed = models.BooleanField(_("opened"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("gate decision")
        verbose_name_plural = _("gate decisions")
        ordering = ["-id"]
        indexes = [models.Index(fields=["about_kind", "about_id", "-id"], name="gate_about")]

    def __str__(self) -> str:
        return f"{self.user}: {self.purpose}"
