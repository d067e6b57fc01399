from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.stage_rules import StageRules, stage_from
from approvals.states import StageState


class RequestStage(models.Model):
    """A stage of one submission of a request. `rules` are those of the route version it began with, whatever came after.

    `remind_at`, `stand_in_at` and `escalate_at` are when the next step of each sort is due; empty when there is none left."""

    request = models.ForeignKey("approvals.ApprovalRequest", models.CASCADE, related_name="stages")
    revision = models.PositiveSmallIntegerField(_("submission"))
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=80)
    route = models.ForeignKey("approvals.RouteVersion", models.PROTECT, null=True, blank=True, related_name="+")
    rules = models.JSONField(_("rules"))
    state = models.CharField(_("state"), max_length=8, choices=StageState.choices, default=StageState.WAITING)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    remind_at = models.DateTimeField(_("reminder"), null=True, blank=True)
    stand_in_at = models.DateTimeField(_("stand-ins are asked"), null=True, blank=True)
    escalate_at = models.DateTimeField(_("the C4E is asked"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

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
        return f"{self.request_id}: {self.name}"

    @property
    def stage_rules(self) -> StageRules:
        return stage_from(self.rules)

    def is_late(self, now: datetime) -> bool:
        return self.state == StageState.OPEN and self.due_at is not None and now > self.due_at


class Source(models.TextChoices):
    """Why somebody is asked."""

    ROUTE = "route", _("named by the route")
    ABSENCE = "absence", _("stands in for somebody who is out of office")
    TIME_OUT = "time_out", _("stands in for somebody who did not answer in time")
    HANDED = "handed", _("asked by a colleague")
    NOBODY = "nobody", _("the C4E, because the route names nobody who may decide")
    ESCALATION = "escalation", _("the C4E, because it is late")


# The C4E answers for the stage as a whole, not for one of its seats.
WHOLE = (Source.NOBODY, Source.ESCALATION)


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
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "user"], name="assignment_once"),
            models.CheckConstraint(
                condition=models.Q(on_behalf_of=None) | ~models.Q(on_behalf_of=models.F("user")),
                name="assignment_for_another",
            ),
        ]
        indexes = [models.Index(fields=["user", "stage"], condition=models.Q(ended_at=None), name="assignment_open")]

    def __str__(self) -> str:
        return f"{self.stage_id} {self.user_id}"

    @property
    def seat(self) -> int:
        """Whose answer this is, by number."""
        return self.on_behalf_of_id or self.user_id
