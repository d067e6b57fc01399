from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TIERS = [("low", _("Low risk")), ("medium", _("Medium risk")), ("high", _("High risk"))]


class RouteVersion(models.Model):
    """The stages of one kind and tier, as written at one time. Never changed; the newest holds for new requests.

    An empty `kind` is for every kind that has none of its own."""

    kind = models.CharField(_("kind of request"), max_length=40, blank=True)
    tier = models.CharField(_("risk"), max_length=6, choices=TIERS)
    number = models.PositiveIntegerField(_("version"))
    reason = models.CharField(_("why"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+", verbose_name=_("who"))

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        constraints = [models.UniqueConstraint(fields=["kind", "tier", "number"], name="route_version_once")]

    def __str__(self) -> str:
        return f"{self.kind or '*'} {self.tier} {self.number}"


class StageMode(models.TextChoices):
    FIRST = "first", _("The first who answers decides")
    EVERYONE = "everyone", _("Everyone must approve")
    QUORUM = "quorum", _("A number of them must approve")


class RouteStage(models.Model):
    """One stage of a route. Times are whole business days; 0 turns a step off.

    `remind_days` before the due moment a reminder goes out; `delegate_days` after it the stand-in or manager of whoever has
    not answered may answer too; `escalate_days` after it the C4E may."""

    version = models.ForeignKey(RouteVersion, models.CASCADE, related_name="stages")
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=80)
    mode = models.CharField(_("who must answer"), max_length=8, choices=StageMode.choices, default=StageMode.FIRST)
    quorum = models.PositiveSmallIntegerField(_("how many"), default=1, validators=[MinValueValidator(1)])
    sla_days = models.PositiveSmallIntegerField(
        _("days to decide"), default=2, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    remind_days = models.PositiveSmallIntegerField(_("reminder, days before"), default=1)
    delegate_days = models.PositiveSmallIntegerField(_("stand-in, days after"), default=1)
    escalate_days = models.PositiveSmallIntegerField(_("escalation, days after"), default=3)

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="route_stage_order_once")]

    def __str__(self) -> str:
        return self.name


class Who(models.TextChoices):
    PERSON = "person", _("A person")
    ROLE = "role", _("Everyone with a role")
    GROUP = "group", _("An approver group")
    REQUESTER_MANAGER = "requester_manager", _("The manager of who asks")
    UNIT_LEAD = "unit_lead", _("The lead of the business unit")
    PREVIOUS_MANAGER = "previous_manager", _("The manager of who approved the stage before")


class RouteApprover(models.Model):
    """One line of who answers at a stage."""

    stage = models.ForeignKey(RouteStage, models.CASCADE, related_name="approvers")
    who = models.CharField(_("who"), max_length=17, choices=Who.choices)
    user = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(_("role"), max_length=10, blank=True)
    group = models.ForeignKey("approvals.ApproverGroup", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("approver")
        verbose_name_plural = _("approvers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(who="person", user__isnull=False, role="", group=None)
                | models.Q(who="role", user=None, group=None) & ~models.Q(role="")
                | models.Q(who="group", user=None, role="", group__isnull=False)
                | models.Q(
                    who__in=["requester_manager", "unit_lead", "previous_manager"], user=None, role="", group=None
                ),
                name="route_approver_one_meaning",
            )
        ]

    def __str__(self) -> str:
        return self.get_who_display()
