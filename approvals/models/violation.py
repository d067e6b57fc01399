from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.states import ViolationState
from portal.models import User
from portal.models.user import Role


class ViolationQuerySet(models.QuerySet["Violation"]):
    def standing(self) -> ViolationQuerySet:
        """Not put right yet."""
        return self.exclude(state=ViolationState.CLOSED)

    def over(self) -> ViolationQuerySet:
        return self.filter(state=ViolationState.CLOSED)

    def visible_to(self, user: User) -> ViolationQuerySet:
        """Those who govern see every one; everyone else those of what they own."""
        if user.has_role(Role.STAFF, Role.REVIEWER, Role.BOARD, Role.AUDITOR):
            return self
        return self.filter(models.Q(owner__in=user.answers_for) | models.Q(second_owner__in=user.answers_for))

    def overdue(self, now: datetime) -> ViolationQuerySet:
        """Open and past the moment by which they had to be put right."""
        return self.filter(state=ViolationState.OPEN, due_at__lt=now)

    def for_table(self) -> ViolationQuerySet:
        return self.select_related("policy", "owner", "business_unit")


class Violation(models.Model):
    """A live thing that fails an enforced policy: one for each thing and policy, from the failing check to the passing one.

    Title, page and owners are kept as they were at the latest check. `due_at` is when it must be put right."""

    policy = models.ForeignKey("approvals.Policy", models.PROTECT, related_name="violations", verbose_name=_("policy"))
    subject_kind = models.CharField(_("kind"), max_length=40)
    subject_id = models.BigIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    url = models.CharField(_("page"), max_length=300)
    business_unit = models.ForeignKey("portal.BusinessUnit", models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey("portal.User", models.PROTECT, related_name="violations", verbose_name=_("owner"))
    second_owner = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=ViolationState.choices, default=ViolationState.OPEN)
    reasons = models.JSONField(_("reasons"), default=list)
    opened_by_check = models.ForeignKey("approvals.PolicyCheck", models.PROTECT, related_name="+")
    last_check = models.ForeignKey("approvals.PolicyCheck", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("found"), default=timezone.now)
    due_at = models.DateTimeField(_("put right by"))
    closed_at = models.DateTimeField(_("put right"), null=True, blank=True)

    objects = ViolationQuerySet.as_manager()

    class Meta:
        verbose_name = _("violation")
        verbose_name_plural = _("violations")
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "subject_kind", "subject_id"],
                condition=~models.Q(state="closed"),
                name="violation_one_standing",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_at=None)),
                name="violation_closed_at",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(state="open"), name="violation_due"),
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="violation_subject"),
            models.Index(fields=["state", "-opened_at", "-id"], name="violation_list"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.policy}"

    def get_absolute_url(self) -> str:
        return reverse("approvals:violation_detail", args=[self.pk])

    def is_late(self, now: datetime) -> bool:
        return self.state == ViolationState.OPEN and now > self.due_at

    @property
    def remediation_time(self) -> timedelta | None:
        """From found to put right; None while it stands."""
        return None if self.closed_at is None else self.closed_at - self.opened_at
