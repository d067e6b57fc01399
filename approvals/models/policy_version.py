from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from approvals.models.policy import Mode
from approvals.states import VersionState


class PolicyVersion(models.Model):
    """One text of a policy with its test cases, kept for good once it has been in force.

    `modules` maps file names to Rego source; `data` is what the source reads as `data`; `cases` is a list of
    {name, input, denials}; `package` and `revision` (sha256 of modules and data) are what the engine said of it. `mode` is
    the mode the policy takes on activation. `results` are the outcomes of `cases` at `tested_at`."""

    policy = models.ForeignKey("approvals.Policy", models.PROTECT, related_name="versions", verbose_name=_("policy"))
    number = models.PositiveIntegerField(_("version"))
    modules = models.JSONField(_("source"), default=dict)
    data = models.JSONField(_("data"), default=dict, blank=True)
    cases = models.JSONField(_("test cases"), default=list, blank=True)
    note = models.CharField(_("what changes and why"), max_length=300, blank=True)
    mode = models.CharField(_("mode"), max_length=7, choices=Mode.choices, default=Mode.WARN)
    package = models.CharField(_("package"), max_length=200, blank=True)
    revision = models.CharField(_("revision"), max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=VersionState.choices, default=VersionState.DRAFT)
    results = models.JSONField(_("test results"), default=list, blank=True)
    tested_at = models.DateTimeField(_("tested"), null=True, blank=True)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    written_by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True)
    proposed_by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")
    activated_at = models.DateTimeField(_("activated"), null=True, blank=True)
    activated_by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("policy version")
        verbose_name_plural = _("policy versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="policy_version_number_once"),
            models.UniqueConstraint(
                fields=["policy"], condition=models.Q(state="active"), name="policy_one_active_version"
            ),
            models.UniqueConstraint(
                fields=["policy"], condition=models.Q(state__in=["draft", "proposed"]), name="policy_one_open_version"
            ),
            models.CheckConstraint(
                condition=models.Q(activated_by=None) | ~models.Q(activated_by=models.F("proposed_by")),
                name="policy_version_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("approvals:policy_version_detail", args=[self.policy.slug, self.number])

    @property
    def tests_pass(self) -> bool:
        """Were there cases, and did each end as expected when they were last run?"""
        return bool(self.results) and all(result["passed"] for result in self.results)
