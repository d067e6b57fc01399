from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.risk import TIERS


class RouteVersion(models.Model):
    """The stages of one kind and tier, as written at one time. Never changed; the newest holds for what is asked from then.

    An empty `kind` is for every kind that has none of its own. `stages` are `StageRules` as JSON; a list without a stage
    takes the kind's own route back, so that the general one holds."""

    kind = models.CharField(_("kind of request"), max_length=40, blank=True)
    tier = models.CharField(_("risk"), max_length=6, choices=TIERS)
    number = models.PositiveIntegerField(_("version"))
    stages = models.JSONField(_("stages"), default=list)
    reason = models.CharField(_("why"), max_length=300)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("who"))

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        constraints = [models.UniqueConstraint(fields=["kind", "tier", "number"], name="route_version_once")]

    def __str__(self) -> str:
        return f"{self.kind or '*'} {self.tier} {self.number}"
