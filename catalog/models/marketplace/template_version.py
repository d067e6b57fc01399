from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.micro_app import Risk
from catalog.template_states import VersionState


class TemplateVersionQuerySet(models.QuerySet["TemplateVersion"]):
    def published(self) -> TemplateVersionQuerySet:
        return self.filter(state=VersionState.PUBLISHED)

    def ever_published(self) -> TemplateVersionQuerySet:
        return self.filter(state__in=[VersionState.PUBLISHED, VersionState.DEPRECATED])

    def newer_than(self, version: TemplateVersion) -> TemplateVersionQuerySet:
        """Published ones of the same template that stand behind it in time, the oldest first."""
        return self.published().filter(template=version.template_id, rank__gt=version.rank).order_by("rank")


class TemplateVersion(models.Model):
    """One tag of a template's repository. Once published it never changes, and it stays: clones are upgraded from it.

    `rank` orders versions (1.10.0 after 1.9.0). `metadata` is `template.yaml` and `questions` are those of `copier.yml`, both
    as plain data. `report` is what the check found."""

    template = models.ForeignKey(
        "catalog.AppTemplate", models.CASCADE, related_name="versions", verbose_name=_("template")
    )
    number = models.CharField(_("version"), max_length=20)
    rank = models.PositiveBigIntegerField(_("order"))
    commit = models.CharField(_("commit"), max_length=40)
    state = models.CharField(_("state"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    metadata = models.JSONField(_("metadata"), default=dict)
    questions = models.JSONField(_("questions"), default=list)
    report = models.JSONField(_("report of the check"), default=dict)
    risk = models.CharField(_("risk"), max_length=6, choices=Risk.choices, default=Risk.LOW)
    is_security = models.BooleanField(_("fixes a security problem"), default=False)
    notes = models.TextField(_("what is new"), blank=True)
    tests_waived = models.CharField(_("why without its tests"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, related_name="+", verbose_name=_("brought by")
    )
    made_at = models.DateTimeField(_("brought"), default=timezone.now)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    deprecated_at = models.DateTimeField(_("deprecated"), null=True, blank=True)
    deprecated_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    deprecation_reason = models.CharField(_("why"), max_length=300, blank=True)

    objects = TemplateVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a template")
        verbose_name_plural = _("versions of templates")
        ordering = ["template", "-rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "rank"],
                condition=~models.Q(state="discarded"),
                name="template_version_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["published", "deprecated"]) | models.Q(published_at__isnull=False),
                name="template_version_published_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="deprecated") | models.Q(deprecated_at__isnull=False),
                name="template_version_deprecated_at",
            ),
        ]
        indexes = [models.Index(fields=["state", "-made_at"], name="template_version_state")]

    def __str__(self) -> str:
        return f"{self.template} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("catalog:template_version_detail", args=[self.template.slug, self.number])

    @property
    def problems(self) -> list[dict[str, object]]:
        """What keeps it from being reviewed, as the check wrote it."""
        return self.report.get("problems", [])
