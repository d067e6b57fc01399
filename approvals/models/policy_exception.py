from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.states import ExceptionState


class PolicyExceptionQuerySet(models.QuerySet["PolicyException"]):
    def active(self) -> PolicyExceptionQuerySet:
        return self.filter(state=ExceptionState.ACTIVE)

    def for_table(self) -> PolicyExceptionQuerySet:
        return self.select_related("policy", "business_unit", "owner", "granted_by", "renews")


class PolicyException(models.Model):
    """Leave not to meet one policy, for one thing or for a unit and those below it, until a day.

    `ends_on` is the last good day, in the default time zone. `owner` answers for the compensating control."""

    policy = models.ForeignKey("approvals.Policy", models.PROTECT, related_name="exceptions", verbose_name=_("policy"))
    subject_kind = models.CharField(_("kind"), max_length=40, blank=True)
    subject_id = models.BigIntegerField(_("number"), null=True, blank=True)
    business_unit = models.ForeignKey(
        "portal.BusinessUnit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("business unit")
    )
    title = models.CharField(_("for what"), max_length=200)
    url = models.CharField(_("page"), max_length=300, blank=True)
    owner = models.ForeignKey("portal.User", models.PROTECT, related_name="exceptions", verbose_name=_("owner"))
    reason = models.TextField(_("reason"), max_length=2_000)
    compensating_control = models.TextField(_("compensating control"), max_length=2_000)
    ends_on = models.DateField(_("last day"))
    state = models.CharField(_("state"), max_length=8, choices=ExceptionState.choices, default=ExceptionState.ASKED)
    renews = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="renewals")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    granted_at = models.DateTimeField(_("granted"), null=True, blank=True)
    granted_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    warned_at = models.DateTimeField(_("warned"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = PolicyExceptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(subject_id__isnull=False, business_unit=None)
                | models.Q(subject_id=None, business_unit__isnull=False),
                name="exception_one_scope",
            ),
            models.CheckConstraint(
                condition=models.Q(granted_by=None) | ~models.Q(granted_by=models.F("owner")),
                name="exception_granted_by_other",
            ),
            models.UniqueConstraint(
                fields=["policy", "subject_kind", "subject_id"],
                condition=models.Q(state="asked", subject_id__isnull=False),
                name="exception_one_asked_subject",
            ),
            models.UniqueConstraint(
                fields=["policy", "business_unit"],
                condition=models.Q(state="asked", business_unit__isnull=False),
                name="exception_one_asked_unit",
            ),
        ]
        indexes = [
            models.Index(fields=["ends_on", "id"], condition=models.Q(state="active"), name="exception_ends"),
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="exception_subject"),
            models.Index(fields=["state", "ends_on", "id"], name="exception_list"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.policy}"

    def get_absolute_url(self) -> str:
        return reverse("approvals:exception_detail", args=[self.pk])

    def days_left(self, today: date) -> int:
        return (self.ends_on - today).days
