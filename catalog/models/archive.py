from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Archive(models.Model):
    """An app put away. `snapshot` is the record and its relations, `digest` its SHA-256: a restore must give them back equal.

    `restore_until` is the end of one-click restore."""

    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="archives")
    run = models.ForeignKey("catalog.SweepRun", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("archived"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    state_before = models.CharField(_("state before"), max_length=10)
    reason = models.CharField(_("reason"), max_length=300)
    snapshot = models.JSONField(_("snapshot"), default=dict)
    digest = models.CharField(_("digest"), max_length=64, blank=True)
    restore_until = models.DateField(_("restore until"))
    restored_at = models.DateTimeField(_("restored"), null=True, blank=True)
    restored_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("archive")
        verbose_name_plural = _("archives")
        constraints = [
            models.UniqueConstraint(fields=["app"], condition=models.Q(restored_at=None), name="archive_one_standing")
        ]

    def __str__(self) -> str:
        return f"{self.app_id} {self.at:%Y-%m-%d}"
