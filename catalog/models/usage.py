from django.db import models
from django.utils.translation import gettext_lazy as _


class UsageDay(models.Model):
    """What one signal saw of one app on one day (UTC): distinct users and events of that day."""

    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="usage_days")
    signal = models.CharField(_("signal"), max_length=40)
    day = models.DateField(_("day"))
    users = models.PositiveIntegerField(_("users"), default=0)
    events = models.PositiveIntegerField(_("events"), default=0)

    class Meta:
        verbose_name = _("day of use")
        verbose_name_plural = _("days of use")
        constraints = [models.UniqueConstraint(fields=["app", "signal", "day"], name="usage_day_once")]
        indexes = [models.Index(fields=["day"], name="usage_day")]

    def __str__(self) -> str:
        return f"{self.app_id} {self.day}"


class UsageVisitor(models.Model):
    """When one visitor (a hash, never a name) was last seen in one app: gives distinct users over any window to today."""

    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="visitors")
    visitor = models.CharField(_("visitor"), max_length=64)
    last_seen_on = models.DateField(_("last seen"))

    class Meta:
        verbose_name = _("visitor")
        verbose_name_plural = _("visitors")
        constraints = [models.UniqueConstraint(fields=["app", "visitor"], name="visitor_once")]
        indexes = [models.Index(fields=["app", "last_seen_on"], name="visitor_seen")]

    def __str__(self) -> str:
        return f"{self.app_id} {self.last_seen_on}"
