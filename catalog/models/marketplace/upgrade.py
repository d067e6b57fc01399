from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UpgradeState(models.TextChoices):
    PREPARING = "preparing", _("Being prepared")
    READY = "ready", _("Ready to look at")
    APPLIED = "applied", _("Applied")
    FAILED = "failed", _("Failed")
    DISCARDED = "discarded", _("Discarded")


class Upgrade(models.Model):
    """Bringing one clone to a newer version: the merge is computed and shown before anything is applied.

    `head` is the app's commit the merge started from; when the app has moved on meanwhile the merge is computed anew. `found`
    is the result as plain data (files changed, conflicts, edits that would be lost). `base` is the commit of the template as
    it was rendered for it, `merged` the merge. `branch` is where it was applied; it has arrived once it is part of main."""

    clone = models.ForeignKey("catalog.Clone", models.CASCADE, related_name="upgrades", verbose_name=_("clone"))
    source = models.ForeignKey("catalog.TemplateVersion", models.PROTECT, related_name="+", verbose_name=_("from"))
    target = models.ForeignKey("catalog.TemplateVersion", models.PROTECT, related_name="+", verbose_name=_("to"))
    state = models.CharField(_("state"), max_length=9, choices=UpgradeState.choices, default=UpgradeState.PREPARING)
    head = models.CharField(_("app's commit"), max_length=40, blank=True)
    base = models.CharField(_("template's commit"), max_length=40, blank=True)
    answers = models.JSONField(_("answers"), default=dict)
    secrets = models.TextField(_("secrets"), blank=True)
    merged = models.CharField(_("merged"), max_length=40, blank=True)
    found = models.JSONField(_("what it changes"), default=dict)
    branch = models.CharField(_("branch"), max_length=80, blank=True)
    error = models.CharField(_("what went wrong"), max_length=500, blank=True)
    job = models.ForeignKey("portal.Job", models.SET_NULL, null=True, related_name="+", verbose_name=_("job"))
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("asked"), default=timezone.now)
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("in the app"), null=True, blank=True)

    class Meta:
        verbose_name = _("upgrade")
        verbose_name_plural = _("upgrades")
        constraints = [
            models.UniqueConstraint(
                fields=["clone"], condition=models.Q(state__in=["preparing", "ready"]), name="upgrade_one_open"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="applied") | models.Q(applied_at__isnull=False), name="upgrade_applied_at"
            ),
        ]
        indexes = [models.Index(fields=["clone", "-at"], name="upgrade_clone")]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"

    def get_absolute_url(self) -> str:
        return reverse("catalog:upgrade_detail", args=[self.pk])
