from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Announcement(models.Model):
    """What the C4E tells everybody. With `asks`, each reader says that they have read it."""

    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), max_length=5_000)
    asks = models.BooleanField(_("ask everybody to confirm that they have read it"), default=False)
    made_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("published"), default=timezone.now)
    ends_on = models.DateField(_("shown until"), null=True, blank=True)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["-made_at", "-id"], name="announcement_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("training:announcement_detail", args=[self.pk])


class Acknowledgement(models.Model):
    """Somebody said that they have read it."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="acknowledgements")
    user = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("person"))
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["announcement", "user"], name="acknowledgement_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.announcement}"
