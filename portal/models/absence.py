from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> AbsenceQuerySet:
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def touching(self, first: date, last: date) -> AbsenceQuerySet:
        """Absences that share at least one day with the given span."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def from_day(self, day: date) -> AbsenceQuerySet:
        """Running and coming ones, the next first."""
        return self.select_related("delegate").filter(ends_on__gte=day).order_by("starts_on")

    def before_day(self, day: date) -> AbsenceQuerySet:
        """Those that are over, the latest first."""
        return self.select_related("delegate").filter(ends_on__lt=day).order_by("-starts_on")

    def of(self, user: models.Model) -> AbsenceQuerySet:
        return self.filter(user=user)


class Absence(models.Model):
    """Out of office, both days included. While it lasts, digests and asks go to the delegate when there is one."""

    user = models.ForeignKey("portal.User", models.CASCADE, related_name="absences", verbose_name=_("person"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    delegate = models.ForeignKey(
        "portal.User", models.SET_NULL, null=True, blank=True, related_name="delegations", verbose_name=_("delegate")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="absence_ends_after_start",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=~models.Q(delegate=models.F("user")),
                name="absence_delegate_is_other",
                violation_error_message=_("Choose somebody else as delegate."),
            ),
        ]
        indexes = [models.Index(fields=["user", "ends_on"], name="absence_user_end")]

    def __str__(self) -> str:
        return f"{self.user}, {self.starts_on} – {self.ends_on}"
