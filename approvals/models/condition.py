from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from approvals.states import RequestState


class ConditionQuerySet(models.QuerySet["Condition"]):
    def standing(self) -> ConditionQuerySet:
        """Of what was approved, and not seen to be met yet."""
        return self.filter(request__state=RequestState.APPROVED, met_at=None)


class Condition(models.Model):
    """What an approval asks for, and the last day for it. `met_at` is when somebody who decides saw that it is done."""

    request = models.ForeignKey("approvals.ApprovalRequest", models.PROTECT, related_name="conditions")
    decision = models.OneToOneField("approvals.Decision", models.PROTECT, related_name="condition")
    text = models.TextField(_("condition"), max_length=2_000)
    until = models.DateField(_("until"))
    met_at = models.DateTimeField(_("met"), null=True, blank=True)
    met_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ConditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["until", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(met_at=None, met_by=None) | models.Q(met_at__isnull=False, met_by__isnull=False),
                name="condition_met_at_by",
            )
        ]
        indexes = [models.Index(fields=["until"], condition=models.Q(met_at=None), name="condition_standing")]

    def __str__(self) -> str:
        return self.text[:80]

    def is_late(self, today: date) -> bool:
        return self.met_at is None and today > self.until
