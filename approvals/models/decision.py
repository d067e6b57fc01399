from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.states import RequestState


class Decision(models.Model):
    """One person's answer to a request at one of its stages, kept for good: also each time it was sent back.

    `is_override` marks an answer given instead of those whom the route asked; it ends the request."""

    request = models.ForeignKey("approvals.ApprovalRequest", models.PROTECT, related_name="decisions")
    stage = models.ForeignKey("approvals.RequestStage", models.PROTECT, related_name="decisions")
    revision = models.PositiveSmallIntegerField(_("revision"))
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        choices=[
            (state.value, state.label) for state in (RequestState.APPROVED, RequestState.RETURNED, RequestState.REFUSED)
        ],
    )
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="decisions", verbose_name=_("who"))
    on_behalf_of = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    is_override = models.BooleanField(_("instead of the approvers"), default=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(fields=["stage", "by"], name="decision_once_per_stage"),
            models.UniqueConstraint(
                fields=["stage"], condition=~models.Q(outcome="approved"), name="decision_one_end_per_stage"
            ),
        ]
        indexes = [models.Index(fields=["request", "-at", "-id"], name="decision_latest")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.outcome}"
