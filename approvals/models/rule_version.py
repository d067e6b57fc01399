from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RuleVersion(models.Model):
    """A set of numbers as they were set at one time, see `approvals.rules`. Never changed; the newest holds.

    Version 0, what the product ships with, has no row."""

    name = models.CharField(_("rules"), max_length=20)
    number = models.PositiveIntegerField(_("version"))
    values = models.JSONField(_("numbers"))
    reason = models.CharField(_("why"), max_length=300)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("who"))

    class Meta:
        verbose_name = _("version of rules")
        verbose_name_plural = _("versions of rules")
        constraints = [models.UniqueConstraint(fields=["name", "number"], name="approval_rules_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"
