from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """A reminder of an ending term: one for each app, term and step. `step` is days to the end, negative in grace."""

    app = models.ForeignKey("catalog.MicroApp", models.CASCADE, related_name="reminders")
    term_end = models.DateField(_("end of the term"))
    step = models.SmallIntegerField(_("days before the end"))
    at = models.DateTimeField(_("when"), default=timezone.now)
    run = models.ForeignKey("catalog.SweepRun", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["app", "term_end", "step"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.app_id} {self.term_end} {self.step}"
