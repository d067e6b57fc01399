from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FactKind(models.TextChoices):
    QUARANTINE = "quarantine", _("Quarantined")
    EXEMPTION = "exemption", _("Exempt from sweeps")
    FEATURED = "featured", _("Featured")


class AppFactQuerySet(models.QuerySet["AppFact"]):
    def standing(self, now: datetime) -> AppFactQuerySet:
        """Facts that hold at `now`."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=now), ended_at=None, at__lte=now)


class AppFact(models.Model):
    """Something true beside an app's state: who said so, when, why, and until when. An exemption always has an end."""

    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="facts")
    kind = models.CharField(_("fact"), max_length=10, choices=FactKind.choices)
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("since"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    until = models.DateTimeField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = AppFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        constraints = [
            models.UniqueConstraint(
                fields=["app", "kind"], condition=models.Q(ended_at=None), name="fact_one_standing"
            ),
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("at")) | models.Q(until=None), name="fact_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="exemption") | models.Q(until__isnull=False),
                name="fact_exemption_ends",
                violation_error_message=_("An exemption needs an end."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.app_id} {self.kind}"
