from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Slot(models.Model):
    """One turn of a periodic task. Whoever inserts (name, due) first does the work, so several beats are harmless."""

    name = models.CharField(_("task"), max_length=80)
    due = models.DateTimeField(_("due"))
    claimed_at = models.DateTimeField(_("claimed"), default=timezone.now)
    done_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        constraints = [models.UniqueConstraint(fields=["name", "due"], name="slot_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.due:%Y-%m-%d %H:%M}"
