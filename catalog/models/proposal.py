from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ProposalKind(models.TextChoices):
    """What is asked of an app that is in the catalog. The values are the kinds of the requests, too."""

    CHANGE = "change", _("Material change")
    RENEWAL = "renewal", _("Renewal beyond the limit")
    RESTORE = "restore", _("Restore after a violation")
    OWNERSHIP = "ownership", _("New owner")
    SPEND = "spend", _("Spend above the limit")
    EXEMPTION = "exemption", _("Exemption from sweeps")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def standing(self) -> ProposalQuerySet:
        """Not decided yet: with the reviewers, or sent back."""
        return self.filter(closed_at=None)


class Proposal(models.Model):
    """What somebody asks to be done with an app, kept until it is decided: done as it was asked, or not at all.

    `values` are the arguments of the act, as plain JSON. One of a kind stands for an app at a time."""

    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="proposals")
    kind = models.CharField(_("kind"), max_length=10, choices=ProposalKind.choices)
    values = models.JSONField(_("values"), default=dict)
    reason = models.TextField(_("reason"), max_length=2_000)
    at = models.DateTimeField(_("asked"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    request = models.ForeignKey("approvals.ApprovalRequest", models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(_("decided"), null=True, blank=True)
    was_done = models.BooleanField(_("done"), default=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.UniqueConstraint(
                fields=["app", "kind"], condition=models.Q(closed_at=None), name="proposal_one_standing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.app_id} {self.kind}"
