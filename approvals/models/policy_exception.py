from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.models.violation import Violation
from approvals.states import ExceptionState, ViolationState
from portal.models import User
from portal.models.user import Role

OVER = (ExceptionState.ENDED, ExceptionState.CLOSED, ExceptionState.DECLINED)


class PolicyExceptionQuerySet(models.QuerySet["PolicyException"]):
    def active(self, today: date) -> PolicyExceptionQuerySet:
        """In force on that day; one whose last day has passed covers nothing, also before the nightly task ended it."""
        return self.filter(state=ExceptionState.ACTIVE, ends_on__gte=today)

    def asked(self) -> PolicyExceptionQuerySet:
        """With those who decide, or a draft still."""
        return self.filter(state__in=[ExceptionState.DRAFT, ExceptionState.ASKED])

    def over(self) -> PolicyExceptionQuerySet:
        return self.filter(state__in=OVER)

    def overdue(self, today: date) -> PolicyExceptionQuerySet:
        """Their last day has passed, what they covered is a violation still, and no other covers it."""
        still = Violation.objects.filter(
            policy=models.OuterRef("policy"),
            subject_kind=models.OuterRef("subject_kind"),
            subject_id=models.OuterRef("subject_id"),
            state=ViolationState.OPEN,
        )
        ran_out = self.filter(state__in=[ExceptionState.ACTIVE, ExceptionState.ENDED], ends_on__lt=today)
        return ran_out.filter(models.Exists(still))

    def register(self, today: date) -> PolicyExceptionQuerySet:
        """What the board looks at: those in force, and those overdue, whose last day is before all of them."""
        overdue = PolicyException.objects.all().overdue(today)
        return self.filter(models.Q(state=ExceptionState.ACTIVE) | models.Q(pk__in=overdue.values("pk")))

    def visible_to(self, user: User) -> PolicyExceptionQuerySet:
        """Those who govern see every one; everyone else those they answer for or asked for. A draft is seen by who writes
        it alone."""
        if user.has_role(Role.STAFF, Role.REVIEWER, Role.BOARD, Role.AUDITOR):
            return self.filter(models.Q(asked_by=user) | ~models.Q(state=ExceptionState.DRAFT))
        own = models.Q(asked_by__in=user.answers_for)
        answers = models.Q(owner__in=user.answers_for) & ~models.Q(state=ExceptionState.DRAFT)
        return self.filter(own | answers)

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
    asked_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    granted_at = models.DateTimeField(_("granted"), null=True, blank=True)
    granted_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = PolicyExceptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exception")
        verbose_name_plural = _("exceptions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(subject_id__isnull=False, business_unit=None) & ~models.Q(subject_kind="")
                | models.Q(subject_id=None, subject_kind="", business_unit__isnull=False),
                name="exception_one_scope",
            ),
            models.CheckConstraint(
                condition=models.Q(granted_by=None)
                | ~models.Q(granted_by=models.F("owner")) & ~models.Q(granted_by=models.F("asked_by")),
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

    def is_overdue(self, today: date) -> bool:
        return today > self.ends_on
