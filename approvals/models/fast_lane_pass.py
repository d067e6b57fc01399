from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Audited(models.TextChoices):
    RIGHT = "right", _("A person would have approved it too")
    WRONG = "wrong", _("A person would not have approved it")


class FastLanePassQuerySet(models.QuerySet["FastLanePass"]):
    def to_audit(self) -> FastLanePassQuerySet:
        return self.filter(is_drawn=True, verdict="")

    def audited(self) -> FastLanePassQuerySet:
        return self.exclude(verdict="")

    def for_table(self) -> FastLanePassQuerySet:
        return self.select_related("request__requested_by", "request__business_unit", "verdict_by")


class FastLanePass(models.Model):
    """A request that the system decided: by which rules, from which inputs, and whether a person looks at it afterwards.

    `is_drawn` follows from `seed` and the share of the rules, so that anyone can draw again and see the same."""

    request = models.OneToOneField("approvals.ApprovalRequest", models.PROTECT, related_name="fast_lane_pass")
    rules_version = models.PositiveIntegerField(_("version of the rules"))
    inputs = models.JSONField(_("inputs"))
    seed = models.CharField(_("seed"), max_length=64)
    is_drawn = models.BooleanField(_("drawn for an audit"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    verdict = models.CharField(_("verdict"), max_length=5, choices=Audited.choices, blank=True)
    verdict_note = models.TextField(_("what was found"), max_length=2_000, blank=True)
    verdict_at = models.DateTimeField(_("audited"), null=True, blank=True)
    verdict_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = FastLanePassQuerySet.as_manager()

    class Meta:
        verbose_name = _("fast-lane approval")
        verbose_name_plural = _("fast-lane approvals")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict="", verdict_by=None, verdict_at=None)
                | (~models.Q(verdict="") & models.Q(verdict_by__isnull=False, verdict_at__isnull=False)),
                name="fast_lane_verdict_by",
            )
        ]
        indexes = [
            models.Index(fields=["at", "id"], condition=models.Q(is_drawn=True, verdict=""), name="fast_lane_to_audit"),
            models.Index(fields=["-at", "-id"], name="fast_lane_list"),
        ]

    def __str__(self) -> str:
        return str(self.request)
