from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class HolidayCalendar(models.Model):
    """The days on which a business unit, and those below it without a calendar of their own, does not work.

    Public holidays come from the `holidays` library by `country` (ISO 3166-1) and `region` (ISO 3166-2 part)."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=10, blank=True)
    units = models.ManyToManyField(
        "portal.BusinessUnit", related_name="holiday_calendars", blank=True, verbose_name=_("business units")
    )

    class Meta:
        verbose_name = _("holiday calendar")
        verbose_name_plural = _("holiday calendars")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("approvals:holiday_calendar_edit", args=[self.pk])


class HolidayDay(models.Model):
    """A day of the house's own: free for everyone of the calendar, or worked although it is a public holiday."""

    calendar = models.ForeignKey(HolidayCalendar, models.CASCADE, related_name="days")
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=80)
    is_worked = models.BooleanField(_("people work on it"), default=False)

    class Meta:
        verbose_name = _("day of a calendar")
        verbose_name_plural = _("days of calendars")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="holiday_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
