from django.db import models
from django.utils.translation import gettext_lazy as _


class Condition(models.Model):
    """What an approval asks for, and until when. `met_at` is when somebody who decides saw that it is done."""

    request = models.OneToOneField("approvals.ApprovalRequest", models.PROTECT, related_name="condition")
    text = models.TextField(_("condition"), max_length=2_000)
    until = models.DateField(_("until"))
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    met_at = models.DateTimeField(_("met"), null=True, blank=True)
    met_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        indexes = [models.Index(fields=["until"], condition=models.Q(met_at=None), name="condition_open")]

    def __str__(self) -> str:
        return self.text[:80]
