from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Campaign(models.Model):
    """A call to bring every clone of a template to a version by a day, usually because it fixes a security problem."""

    template = models.ForeignKey(
        "catalog.AppTemplate", models.CASCADE, related_name="campaigns", verbose_name=_("template")
    )
    target = models.ForeignKey(
        "catalog.TemplateVersion", models.PROTECT, related_name="+", verbose_name=_("to version")
    )
    reason = models.CharField(_("why"), max_length=500)
    due_on = models.DateField(_("by"))
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("called by"))
    at = models.DateTimeField(_("called"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    clones_at_start = models.PositiveIntegerField(_("clones behind when it began"), default=0)

    class Meta:
        verbose_name = _("upgrade campaign")
        verbose_name_plural = _("upgrade campaigns")
        constraints = [
            models.UniqueConstraint(fields=["template"], condition=models.Q(ended_at=None), name="campaign_one_open")
        ]

    def __str__(self) -> str:
        return f"{self.template_id} → {self.target_id}"

    def get_absolute_url(self) -> str:
        return reverse("catalog:campaign_detail", args=[self.pk])
