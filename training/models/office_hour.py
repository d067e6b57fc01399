from __future__ import annotations

from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.states import BookingState


class OfficeHourQuerySet(models.QuerySet["OfficeHour"]):
    def ahead(self, now: datetime) -> OfficeHourQuerySet:
        return self.filter(ends_at__gt=now, cancelled_at=None).order_by("starts_at", "id")


class OfficeHour(models.Model):
    """A time at which somebody of the C4E is there for questions, with so many places."""

    host = models.ForeignKey("portal.User", models.PROTECT, related_name="office_hours", verbose_name=_("host"))
    topic = models.CharField(_("about"), max_length=120)
    place = models.CharField(_("where"), max_length=300, help_text=_("A room, or the address of a call."))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    capacity = models.PositiveSmallIntegerField(_("places"), default=4)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(_("called off"), null=True, blank=True)

    objects = OfficeHourQuerySet.as_manager()

    class Meta:
        verbose_name = _("office hour")
        verbose_name_plural = _("office hours")
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="office_hour_has_length"
            ),
            models.CheckConstraint(condition=models.Q(capacity__gt=0), name="office_hour_has_places"),
        ]
        indexes = [models.Index(fields=["ends_at"], condition=models.Q(cancelled_at=None), name="office_hour_ahead")]

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        return reverse("training:office_hour_detail", args=[self.pk])


class Booking(models.Model):
    """A place in an office hour, or on its waiting list: first come, first served. `question` helps the host prepare."""

    office_hour = models.ForeignKey(OfficeHour, models.CASCADE, related_name="bookings", verbose_name=_("office hour"))
    user = models.ForeignKey("portal.User", models.PROTECT, related_name="bookings", verbose_name=_("person"))
    state = models.CharField(_("state"), max_length=9, choices=BookingState.choices)
    question = models.CharField(_("question"), max_length=500, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["office_hour", "user"], condition=~models.Q(state="cancelled"), name="booking_one_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.office_hour}"
