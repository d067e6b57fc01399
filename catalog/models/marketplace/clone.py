from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.marketplace.template_version import TemplateVersion, TemplateVersionQuerySet
from catalog.states import LIVE_STATES


def newer() -> TemplateVersionQuerySet:
    """For a subquery on clones: the published versions that each has not taken."""
    return TemplateVersion.objects.published().filter(
        template=models.OuterRef("template"), rank__gt=models.OuterRef("version__rank")
    )


def counted(found: models.QuerySet[Any, Any]) -> Coalesce:
    rows = found.order_by().values("template").annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(rows, output_field=models.IntegerField()), 0)


class CloneQuerySet(models.QuerySet["Clone"]):
    def live(self) -> CloneQuerySet:
        return self.filter(app__state__in=LIVE_STATES)

    def standing(self) -> CloneQuerySet:
        """Those that can still be upgraded: not archived, not retired."""
        return self.exclude(app__state__in=["archived", "retired"])

    def of_people(self, ids: object) -> CloneQuerySet:
        return self.filter(models.Q(app__owner__in=ids) | models.Q(app__second_owner__in=ids))

    def behind(self) -> CloneQuerySet:
        """Those whose template has a newer published version."""
        return self.filter(models.Exists(newer()))

    def with_newer(self) -> CloneQuerySet:
        """Adds `behind` (how many published versions are newer than the one it stands on) and `behind_security` (how many of
        those fix a security problem)."""
        return self.annotate(behind=counted(newer()), behind_security=counted(newer().filter(is_security=True)))


class Clone(models.Model):
    """Where an app came from: the template, the version it stands on now, and the answers it was rendered with.

    `answers` never hold a secret. `base` is the commit, in the app's repository, of the template as it was rendered: what a
    merge starts from."""

    app = models.OneToOneField("catalog.MicroApp", models.CASCADE, related_name="clone", verbose_name=_("app"))
    template = models.ForeignKey(
        "catalog.AppTemplate", models.PROTECT, related_name="clones", verbose_name=_("template")
    )
    version = models.ForeignKey(
        "catalog.TemplateVersion", models.PROTECT, related_name="clones", verbose_name=_("version")
    )
    repository = models.OneToOneField(
        "catalog.Repository", models.PROTECT, related_name="clone", verbose_name=_("repository")
    )
    answers = models.JSONField(_("answers"), default=dict)
    base = models.CharField(_("base"), max_length=40)
    created_at = models.DateTimeField(_("cloned"), default=timezone.now)
    created_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, related_name="+", verbose_name=_("cloned by")
    )
    told_of = models.ForeignKey(
        "catalog.TemplateVersion",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("owner told of"),
    )

    objects = CloneQuerySet.as_manager()

    class Meta:
        verbose_name = _("clone")
        verbose_name_plural = _("clones")
        indexes = [models.Index(fields=["template", "version"], name="clone_template_version")]

    def __str__(self) -> str:
        return str(self.app)
