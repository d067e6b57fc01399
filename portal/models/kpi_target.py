from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class KpiTarget(models.Model):
    """What the board wants a figure to be, from a month on. Never changed: a new row takes its place, and the old ones are
    the history. An empty value means that there is no target any more."""

    kpi = models.CharField(_("figure"), max_length=60)
    value = models.DecimalField(_("target"), max_digits=16, decimal_places=4, null=True, blank=True)
    month = models.DateField(_("from"))
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("set"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("set by"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        indexes = [models.Index(fields=["kpi", "-month", "-id"], name="target_of_kpi")]

    def __str__(self) -> str:
        return f"{self.kpi} {self.month:%Y-%m}"
