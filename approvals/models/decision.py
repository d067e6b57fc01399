from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.states import RequestState


class Decision(models.Model):
    """One answer to a request, kept for good: also each time it was sent back."""

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
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="decisions", verbose_name=_("who"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [models.UniqueConstraint(fields=["request", "revision"], name="decision_once_per_revision")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.outcome}"
