from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models import BusinessUnit, User
from portal.models.user import Role


class Severity(models.TextChoices):
    CRITICAL = "critical", _("Critical")
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class IncidentState(models.TextChoices):
    OPEN = "open", _("Open")
    RESOLVED = "resolved", _("Resolved")


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, user: User) -> IncidentQuerySet:
        """Those who govern see all; others what they reported, what touches their apps, and what touches a unit they lead."""
        if user.has_role(Role.STAFF, Role.REVIEWER, Role.AUDITOR, Role.BOARD):
            return self
        led = BusinessUnit.objects.led_by(user).values_list("pk", flat=True)
        mine = Q(reported_by=user) | Q(business_unit__in=BusinessUnit.objects.below(*led))
        touched = IncidentApp.objects.filter(incident=models.OuterRef("pk")).filter(
            Q(app__owner__in=user.answers_for) | Q(app__second_owner__in=user.answers_for)
        )
        return self.filter(mine | models.Exists(touched))

    def open(self) -> IncidentQuerySet:
        return self.filter(state=IncidentState.OPEN)

    def undecided(self) -> IncidentQuerySet:
        """Nobody has said yet whether a micro app was the cause."""
        return self.filter(is_attributable=None)


class Incident(models.Model):
    """Something that went wrong, or might have: data seen by the wrong people, a lost record, a host that was taken over.

    `noticed_at` is when somebody saw it, and the time to put it right counts from there. `is_attributable` is a reviewer's
    decision whether a micro app was the cause; empty until it is taken. `business_unit` is that of the first app it touches,
    or that of whoever reported it."""

    title = models.CharField(_("what happened"), max_length=120)
    text = models.TextField(_("in more words"), max_length=4_000)
    severity = models.CharField(_("severity"), max_length=8, choices=Severity.choices)
    state = models.CharField(_("state"), max_length=8, choices=IncidentState.choices, default=IncidentState.OPEN)
    noticed_at = models.DateTimeField(_("noticed"))
    reported_at = models.DateTimeField(_("reported"), default=timezone.now)
    reported_by = models.ForeignKey("portal.User", models.PROTECT, related_name="+", verbose_name=_("reported by"))
    business_unit = models.ForeignKey(
        "portal.BusinessUnit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("business unit")
    )
    apps = models.ManyToManyField(
        "catalog.MicroApp", through="catalog.IncidentApp", related_name="incidents", verbose_name=_("affected apps")
    )
    is_attributable = models.BooleanField(_("caused by a micro app"), null=True, blank=True)
    cause = models.CharField(_("cause"), max_length=1_000, blank=True)
    decided_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("cause decided"), null=True, blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    lesson = models.CharField(_("lesson"), max_length=1_000, blank=True)
    lesson_course = models.ForeignKey(
        "training.Course", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("course")
    )
    lesson_policy = models.ForeignKey(
        "approvals.Policy", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("policy")
    )

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", resolved_at=None) | Q(state="resolved", resolved_at__isnull=False),
                name="incident_resolved_at",
            ),
            models.CheckConstraint(
                condition=Q(is_attributable=None, decided_at=None)
                | Q(is_attributable__isnull=False, decided_at__isnull=False) & ~Q(cause=""),
                name="incident_decided_with_cause",
            ),
            models.CheckConstraint(condition=Q(noticed_at__lte=models.F("reported_at")), name="incident_noticed_first"),
        ]
        indexes = [
            models.Index(fields=["state", "-noticed_at", "-id"], name="incident_state"),
            models.Index(fields=["-noticed_at", "-id"], name="incident_newest"),
            models.Index(fields=["resolved_at"], name="incident_resolved"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("catalog:incident_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == IncidentState.OPEN


class IncidentApp(models.Model):
    """An app that an incident touches."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="touched")
    app = models.ForeignKey("catalog.MicroApp", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("affected app")
        verbose_name_plural = _("affected apps")
        constraints = [models.UniqueConstraint(fields=["incident", "app"], name="incident_app_once")]
        indexes = [models.Index(fields=["app"], name="incident_of_app")]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.app_id}"


class IncidentNote(models.Model):
    """One line of an incident's timeline, kept as it was written."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="notes")
    text = models.CharField(_("note"), max_length=2_000)
    by = models.ForeignKey("portal.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("note on an incident")
        verbose_name_plural = _("notes on incidents")
        indexes = [models.Index(fields=["incident", "at"], name="incident_note_at")]

    def __str__(self) -> str:
        return self.text[:60]
