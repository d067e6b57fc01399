from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.states import RequestState


class Decision(models.Model):
    """One answer at a stage of a request, kept for good: also each time it was sent back.

    `by` is empty when the rules decided (fast lane); `on_behalf_of` is whom a stand-in answered for; `is_override` marks an
    answer over the head of the stage's own people."""

    request = models.ForeignKey("approvals.ApprovalRequest", models.PROTECT, related_name="decisions")
    revision = models.PositiveSmallIntegerField(_("revision"))
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        choices=[
            (state.value, state.label) for state in (RequestState.APPROVED, RequestState.RETURNED, RequestState.REFUSED)
        ],
    )
    reason = models.TextField(_("reason"), blank=True)
    stage = models.ForeignKey("approvals.RequestStage", models.PROTECT, null=True, related_name="decisions")
    on_behalf_of = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")
    is_override = models.BooleanField(_("override"), default=False)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="decisions", verbose_name=_("who"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(fields=["stage", "by"], name="decision_once_per_stage"),
            models.CheckConstraint(
                condition=models.Q(on_behalf_of=None) | ~models.Q(on_behalf_of=models.F("by")),
                name="decision_for_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} {self.outcome}"
