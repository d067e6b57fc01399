from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.clock import waited
from approvals.models.comment import Comment
from approvals.models.request_stage import Assignment
from approvals.models.risk_assessment import RiskAssessment
from approvals.risk import TIERS
from approvals.states import OPEN_STATES, WITH_REQUESTER, RequestState
from portal.models import User
from portal.models.user import Role


def asked_of(user: User, *, ever: bool = False) -> models.QuerySet[Assignment]:
    """For a filter on requests: what asks this person at the open stage, or ever asked."""
    asked = Assignment.objects.filter(stage__request=models.OuterRef("pk"), user=user)
    return asked if ever else asked.filter(ended_at=None)


class ApprovalRequestQuerySet(models.QuerySet["ApprovalRequest"]):
    def open(self) -> ApprovalRequestQuerySet:
        return self.filter(state__in=OPEN_STATES)

    def about(self, kind: str, subject_id: int) -> ApprovalRequestQuerySet:
        return self.filter(kind=kind, subject_id=subject_id)

    def visible_to(self, user: User) -> ApprovalRequestQuerySet:
        """Those who govern see every request; everyone else sees their own, and those on which they
        were asked or named. A draft is seen by who writes it alone."""
        if user.has_role(Role.STAFF, Role.REVIEWER, Role.BOARD, Role.AUDITOR):
            return self.filter(models.Q(requested_by=user) | ~models.Q(state=RequestState.DRAFT))
        named = Comment.objects.filter(request=models.OuterRef("pk"), named=user)
        own = models.Q(requested_by__in=user.answers_for)
        return self.filter(own | models.Exists(asked_of(user, ever=True)) | models.Exists(named))

    def waiting_for(self, user: User) -> ApprovalRequestQuerySet:
        """What this person can act on now: decide (never their own), send a draft, or answer what was sent back to them."""
        own = models.Q(state__in=WITH_REQUESTER, requested_by=user)
        return self.filter(own | models.Q(state=RequestState.SUBMITTED) & models.Exists(asked_of(user)))

    def waiting_for_team(self, user: User) -> ApprovalRequestQuerySet:
        """What waits for colleagues: those who report to this person, and those of the same unit or approver groups."""
        near = models.Q(manager=user) | models.Q(approver_groups__members=user)
        if user.business_unit_id is not None:
            near |= models.Q(business_unit=user.business_unit_id)
        team = User.objects.people().filter(near).exclude(pk=user.pk)
        waiting = Assignment.objects.filter(stage__request=models.OuterRef("pk"), ended_at=None, user__in=team)
        return self.filter(models.Exists(waiting), state=RequestState.SUBMITTED)

    def over(self) -> ApprovalRequestQuerySet:
        return self.exclude(state__in=OPEN_STATES)

    def with_top_factor(self) -> ApprovalRequestQuerySet:
        """Adds `top_factor`, the heaviest of the present submission as it was stored, or None."""
        own = RiskAssessment.objects.filter(request=models.OuterRef("pk"), revision=models.OuterRef("revision"))
        return self.annotate(top_factor=models.Subquery(own.values("factors__0")[:1]))

    def for_table(self) -> ApprovalRequestQuerySet:
        return self.select_related("requested_by", "decided_by", "business_unit")


class ApprovalRequest(models.Model):
    """A question about a subject of another package. Title, page and facts are kept as they were when it was asked.

    `ball_since` is when the side that holds the ball got it: the reviewers while submitted, the requester while returned.
    `source_kind` and `source_id` name the thing that policies check, see `approvals.check_sources`; empty when there is none.
    `facts` are pairs of label and value in the order they are shown; `revision` counts submissions, and `facts_before`
    are the facts of the submission before, for the difference."""

    kind = models.CharField(_("kind"), max_length=40)
    subject_id = models.BigIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    url = models.CharField(_("page"), max_length=300)
    business_unit = models.ForeignKey("portal.BusinessUnit", models.PROTECT, null=True, related_name="+")
    requested_by = models.ForeignKey("portal.User", models.PROTECT, related_name="requests", verbose_name=_("asked by"))
    responsible = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, related_name="+", verbose_name=_("whose certification counts")
    )
    state = models.CharField(_("state"), max_length=10, choices=RequestState.choices, default=RequestState.SUBMITTED)
    source_kind = models.CharField(_("what is checked"), max_length=40, blank=True)
    source_id = models.BigIntegerField(_("its number"), null=True)
    tier = models.CharField(_("risk"), max_length=6, choices=TIERS, default="low")
    facts = models.JSONField(_("facts"), default=dict)
    facts_before = models.JSONField(_("facts before"), default=dict)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    opened_at = models.DateTimeField(_("asked"), default=timezone.now)
    ball_since = models.DateTimeField(_("waiting since"), default=timezone.now)
    due_at = models.DateTimeField(_("due"))
    waited_on_reviewers = models.DurationField(_("time with the reviewers"), default=timedelta)
    waited_on_requester = models.DurationField(_("time with the requester"), default=timedelta)
    is_fast_lane = models.BooleanField(_("decided by the rules"), default=False)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )

    objects = ApprovalRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=models.Q(state__in=["draft", "submitted", "returned"]),
                name="request_one_open_per_subject",
            ),
            models.CheckConstraint(condition=models.Q(state__in=RequestState.values), name="request_state_known"),
            models.CheckConstraint(
                condition=models.Q(decided_at=None, decided_by=None)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False, is_fast_lane=False)
                | models.Q(decided_at__isnull=False, decided_by=None, is_fast_lane=True),
                name="request_decided_at_by",
            ),
            models.CheckConstraint(
                condition=~models.Q(decided_by=models.F("requested_by")), name="request_never_decided_by_requester"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=models.Q(state="submitted"), name="request_waiting"),
            models.Index(fields=["kind", "subject_id", "-id"], name="request_subject"),
            models.Index(fields=["requested_by", "-id"], name="request_by"),
            models.Index(fields=["state", "-id"], name="request_state"),
            models.Index(fields=["source_kind", "source_id", "-id"], name="request_source"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("approvals:request_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def clock(self, now: datetime) -> dict[str, timedelta]:
        """How long each side has had the ball by now, in calendar time."""
        runs = self.is_open and self.state != RequestState.DRAFT
        running = waited(self.ball_since, now) if runs else timedelta()
        with_reviewers = self.state == RequestState.SUBMITTED
        return {
            "reviewers": self.waited_on_reviewers + (running if with_reviewers else timedelta()),
            "requester": self.waited_on_requester + (timedelta() if with_reviewers else running),
        }

    def is_late(self, now: datetime) -> bool:
        return self.state == RequestState.SUBMITTED and now > self.due_at
