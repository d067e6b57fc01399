from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReadingKind(models.TextChoices):
    """The later one stands for its month before the earlier ones."""

    DAILY = "daily", _("So far")
    FROZEN = "frozen", _("Frozen")
    CORRECTION = "correction", _("Corrected")


# The latest correction stands for a month, else what was frozen, else the latest day.
STANDS = models.Case(
    models.When(kind=ReadingKind.CORRECTION, then=2),
    models.When(kind=ReadingKind.FROZEN, then=1),
    default=0,
    output_field=models.SmallIntegerField(),
)


class KpiReadingQuerySet(models.QuerySet["KpiReading"]):
    def of_unit(self, unit: int | None) -> KpiReadingQuerySet:
        """Of a business unit with all below it, or of the whole house."""
        return self.filter(business_unit=unit)

    def known_on(self, day: date | None) -> KpiReadingQuerySet:
        """What had been read by the end of that day; everything when no day is named."""
        return self if day is None else self.filter(read_on__lte=day)

    def standing(self) -> KpiReadingQuerySet:
        """The one reading that stands for each figure, unit and month."""
        key = ("kpi", "business_unit", "month")
        return self.order_by(*key, STANDS.desc(), "-day", "-taken_at", "-pk").distinct(*key)


class KpiReading(models.Model):
    """What a figure was in a month, for one business unit with all below it, or for the whole house when the unit is empty.

    `part` and `whole` are the sums that the value is made of, and `records` how many rows they come from; both sums are empty
    when `gap` says what was missing. `day` is the last day that was measured, `read_on` the day it was read, both in the
    house's zone. `target` is the one that held then.

    A frozen reading and a correction never change: the database refuses. A correction names the reading it corrects."""

    kpi = models.CharField(_("figure"), max_length=60)
    business_unit = models.ForeignKey(
        "portal.BusinessUnit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("business unit")
    )
    month = models.DateField(_("month"))
    kind = models.CharField(_("kind"), max_length=10, choices=ReadingKind.choices, default=ReadingKind.DAILY)
    day = models.DateField(_("up to"))
    part = models.DecimalField(_("part"), max_digits=26, decimal_places=8, null=True)
    whole = models.DecimalField(_("whole"), max_digits=26, decimal_places=8, null=True)
    records = models.PositiveIntegerField(_("records"), default=0)
    gap = models.CharField(_("what is missing"), max_length=300, blank=True)
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=4, null=True)
    read_on = models.DateField(_("read on"))
    taken_at = models.DateTimeField(_("read"), default=timezone.now)
    taken_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("read by")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")

    objects = KpiReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [
            models.UniqueConstraint(
                fields=["kpi", "business_unit", "month", "day"],
                condition=Q(kind="daily"),
                nulls_distinct=False,
                name="reading_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["kpi", "business_unit", "month"],
                condition=Q(kind="frozen"),
                nulls_distinct=False,
                name="reading_frozen_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="correction", corrects__isnull=False) & ~Q(reason="")
                | ~Q(kind="correction") & Q(corrects=None),
                name="reading_correction_of",
            ),
            models.CheckConstraint(
                condition=Q(gap="", part__isnull=False, whole__isnull=False) | ~Q(gap="") & Q(part=None, whole=None),
                name="reading_or_gap",
            ),
            models.CheckConstraint(condition=Q(day__gte=F("month")), name="reading_day_in_month"),
        ]
        indexes = [models.Index(fields=["business_unit", "month", "kpi"], name="reading_of_month")]

    def __str__(self) -> str:
        return f"{self.kpi} {self.month:%Y-%m} {self.business_unit_id or ''}"
