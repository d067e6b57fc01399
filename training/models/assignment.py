from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models.user import Role
from training.models.course import Course


class Assignment(models.Model):
    """A course for everybody of a role, of a unit and those below it, or of the house; also for those who come later.

    Each has `days` to finish, counted from the day it reaches them."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="assignments", verbose_name=_("course"))
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, blank=True)
    business_unit = models.ForeignKey(
        "portal.BusinessUnit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("business unit")
    )
    days = models.PositiveSmallIntegerField(_("days to finish"), default=30)
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("assigned by"))
    made_at = models.DateTimeField(_("assigned"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("assignment of a course")
        verbose_name_plural = _("assignments of courses")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.course}: {self.whom}"

    @property
    def whom(self) -> str:
        parts = [str(self.get_role_display()) if self.role else "", str(self.business_unit or "")]
        return ", ".join(part for part in parts if part) or str(_("everybody"))
