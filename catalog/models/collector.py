from django.db import models
from django.utils.translation import gettext_lazy as _


class Collector(models.Model):
    """A source of usage. `complete_from` to `complete_until` are the days it vouches for; outside them nothing is known.

    `identifies_visitors` is true when it tells visitors apart, so that distinct users over a window are exact."""

    signal = models.SlugField(_("signal"), max_length=40, unique=True)
    label = models.CharField(_("name"), max_length=80)
    complete_from = models.DateField(_("complete from"), null=True)
    complete_until = models.DateField(_("complete until"), null=True)
    identifies_visitors = models.BooleanField(_("tells visitors apart"), default=False)
    is_required = models.BooleanField(_("needed for a verdict"), default=True)
    rows_seen = models.PositiveBigIntegerField(_("rows seen"), default=0)
    rows_expected = models.PositiveBigIntegerField(_("rows expected"), null=True)
    reported_at = models.DateTimeField(_("last report"), null=True)

    class Meta:
        verbose_name = _("collector")
        verbose_name_plural = _("collectors")

    def __str__(self) -> str:
        return self.label
