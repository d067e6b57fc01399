from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.risk import TIERS


class RiskAssessment(models.Model):
    """The risk of one submission of a request: the facts it was computed from, the weights used, and each factor."""

    request = models.ForeignKey("approvals.ApprovalRequest", models.CASCADE, related_name="assessments")
    revision = models.PositiveSmallIntegerField(_("submission"))
    weights_version = models.PositiveIntegerField(_("version of the weights"))
    facts = models.JSONField(_("facts"))
    factors = models.JSONField(_("factors"))
    points = models.PositiveIntegerField(_("points"))
    tier = models.CharField(_("risk"), max_length=6, choices=TIERS)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("risk assessment")
        verbose_name_plural = _("risk assessments")
        constraints = [models.UniqueConstraint(fields=["request", "revision"], name="assessment_once_per_revision")]
        indexes = [GinIndex(fields=["factors"], opclasses=["jsonb_path_ops"], name="assessment_factors")]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.points} {self.tier}"
