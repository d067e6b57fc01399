from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SourceRecord(models.Model):
    """What the source of an imported app last said of it, field by field: tells its own changes from those made here."""

    app = models.OneToOneField("catalog.MicroApp", models.CASCADE, related_name="source_record")
    values = models.JSONField(_("values"), default=dict)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)

    class Meta:
        verbose_name = _("source record")
        verbose_name_plural = _("source records")

    def __str__(self) -> str:
        return str(self.app_id)
