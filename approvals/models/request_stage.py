from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.states import StageState


class RequestStage(models.Model):
    """A stage of one submission of a request; its rules are those of the route version it began with."""

    request = models.ForeignKey("approvals.ApprovalRequest", models.CASCADE, related_name="stages")
    revision = models.PositiveSmallIntegerField(_("submission"))
    route_stage = models.ForeignKey("approvals.RouteStage", models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(_("order"))
    state = models.CharField(_("state"), max_length=8, choices=StageState.choices, default=StageState.WAITING)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    delegated_at = models.DateTimeField(_("given to stand-ins"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("escalated"), null=True, blank=True)

    class Meta:
        verbose_name = _("stage of a request")
        verbose_name_plural = _("stages of requests")
        ordering = ["request", "revision", "order"]
        constraints = [
            models.UniqueConstraint(fields=["request", "revision", "order"], name="request_stage_order_once"),
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(state="open"), name="request_one_open_stage"
            ),
        ]
        indexes = [models.Index(fields=["due_at", "id"], condition=models.Q(state="open"), name="stage_due")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.order}"


class Source(models.TextChoices):
    """Why somebody is asked."""

    ROUTE = "route", _("named by the route")
    ABSENCE = "absence", _("stands in for somebody who is out of office")
    TIME_OUT = "time_out", _("stands in for somebody who did not answer in time")
    ESCALATION = "escalation", _("asked because it was late")
    HANDED = "handed", _("asked by a colleague")


class Assignment(models.Model):
    """One person who may answer at a stage. A stand-in answers `on_behalf_of` whom the route named."""

    stage = models.ForeignKey(RequestStage, models.CASCADE, related_name="assignments")
    user = models.ForeignKey("portal.User", models.PROTECT, related_name="assignments", verbose_name=_("who"))
    on_behalf_of = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(_("why"), max_length=10, choices=Source.choices, default=Source.ROUTE)
    assigned_at = models.DateTimeField(_("asked"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [models.UniqueConstraint(fields=["stage", "user"], name="assignment_once")]
        indexes = [models.Index(fields=["user", "stage"], condition=models.Q(ended_at=None), name="assignment_open")]

    def __str__(self) -> str:
        return f"{self.stage_id} {self.user_id}"
