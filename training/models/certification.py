from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from training.models.course import Course, Level


class Certification(models.Model):
    """What a badge stands for: the courses to pass, the certifications to hold before, and how long it is good for.

    `number` counts its material changes; an award's credential names the one it was earned under."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    number = models.PositiveIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=120)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    summary = models.CharField(_("summary"), max_length=200)
    criteria = models.TextField(_("what a holder can do"))
    courses = models.ManyToManyField(Course, related_name="certifications", verbose_name=_("courses to pass"))
    requires = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="leads_to", verbose_name=_("held before")
    )
    validity_days = models.PositiveSmallIntegerField(_("valid for days"), default=365)
    grace_days = models.PositiveSmallIntegerField(_("days of grace"), default=14)
    policies = models.JSONField(_("policies it covers"), default=list, blank=True)
    unlocks = models.JSONField(_("what it unlocks"), default=list, blank=True)
    is_open = models.BooleanField(_("can be earned"), default=True)

    class Meta:
        verbose_name = _("certification")
        verbose_name_plural = _("certifications")
        ordering = ["level", "title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("training:certification_detail", args=[self.slug])
