from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from catalog.models.micro_app import MicroApp


class AppFigures(models.Model):
    """How much an app is used, refreshed from the rollups of use: distinct people in the last 30 days (at least so many) and
    the day it was last seen; empty where nothing is known.

    A table of its own, because the figures of a million apps change every night while their contracts stand still. The
    database makes the row with the app, so that every app has one."""

    app = models.OneToOneField(
        MicroApp, models.CASCADE, primary_key=True, related_name="figures", verbose_name=_("micro app")
    )
    active_users = models.PositiveIntegerField(_("active users, 30 days"), null=True, blank=True)
    last_seen_on = models.DateField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("figures of use")
        verbose_name_plural = _("figures of use")
        indexes = [
            models.Index(
                Coalesce(models.F("active_users"), models.Value(-1), output_field=models.IntegerField()),
                "app",
                name="figures_users_key",
            )
        ]

    def __str__(self) -> str:
        return str(self.app)
