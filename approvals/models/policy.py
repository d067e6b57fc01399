from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    OFF = "off", _("Off")
    WARN = "warn", _("Warns")
    ENFORCE = "enforce", _("Enforced")


class Severity(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class PolicyQuerySet(models.QuerySet["Policy"]):
    def in_force(self) -> PolicyQuerySet:
        """Those that are evaluated: with an active version, warning or enforced."""
        return self.exclude(mode=Mode.OFF).exclude(active=None).select_related("active")

    def enforced(self) -> PolicyQuerySet:
        return self.in_force().filter(mode=Mode.ENFORCE)


class Policy(models.Model):
    """A rule written in Rego. What it says is in its versions; at most one of them is `active`.

    `severity` sets how many business days an owner has to put a violation right."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("what it asks"), max_length=300)
    mode = models.CharField(_("mode"), max_length=7, choices=Mode.choices, default=Mode.OFF)
    severity = models.CharField(_("severity"), max_length=6, choices=Severity.choices, default=Severity.MEDIUM)
    active = models.ForeignKey(
        "approvals.PolicyVersion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("version")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mode="off") | models.Q(active__isnull=False), name="policy_on_has_version"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("approvals:policy_detail", args=[self.slug])
