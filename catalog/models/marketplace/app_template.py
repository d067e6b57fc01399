from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models.marketplace.app_template_set import AppTemplateQuerySet
from catalog.models.micro_app import DataClass, Risk
from training.models.course import Level

NO_BADGE = 0


class TemplateKind(models.TextChoices):
    DASHBOARD = "dashboard", _("Dashboard")
    APPROVAL = "approval", _("Approval")
    FORM = "form", _("Form")
    CHATBOT = "chatbot", _("Chatbot")
    CHECKLIST = "checklist", _("Checklist")
    TRACKER = "tracker", _("Tracker")


class AppTemplate(models.Model):
    """Something to begin an app from, under one address for good. What it is stands in its versions.

    From `summary` to `usual_days` (from clone to live) the row repeats its latest published version, for the lists. `owner`
    answers for it; `author` is who gets the credit for its reuse; `origin` is the app it was made of."""

    name = models.CharField(_("name"), max_length=60)
    slug = models.SlugField(_("address"), max_length=70, unique=True)
    owner = models.ForeignKey("portal.User", models.PROTECT, related_name="templates_kept", verbose_name=_("owner"))
    author = models.ForeignKey(
        "portal.User", models.PROTECT, related_name="templates_written", verbose_name=_("author")
    )
    team = models.ForeignKey(
        "portal.BusinessUnit",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="templates",
        verbose_name=_("owner team"),
    )
    repository = models.OneToOneField(
        "catalog.Repository", models.PROTECT, null=True, related_name="template", verbose_name=_("repository")
    )
    source_url = models.CharField(_("fetched from"), max_length=300, blank=True)
    origin = models.ForeignKey(
        "catalog.MicroApp",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="templates_made",
        verbose_name=_("made of"),
    )
    latest = models.OneToOneField(
        "catalog.TemplateVersion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("version")
    )

    summary = models.CharField(_("summary"), max_length=90, blank=True)
    description = models.TextField(_("description"), blank=True)
    kind = models.CharField(_("type"), max_length=10, choices=TemplateKind.choices, default=TemplateKind.FORM)
    risk = models.CharField(_("risk"), max_length=6, choices=Risk.choices, default=Risk.LOW)
    data_classification = models.CharField(
        _("data it handles"), max_length=12, choices=DataClass.choices, default=DataClass.INTERNAL
    )
    connectors = ArrayField(models.SlugField(max_length=80), default=list, blank=True, verbose_name=_("connects to"))
    badge_level = models.PositiveSmallIntegerField(
        _("badge needed"), choices=[(NO_BADGE, _("none")), *Level.choices], default=NO_BADGE
    )
    usual_days = models.PositiveSmallIntegerField(_("usual days to live"), default=1)

    featured_at = models.DateTimeField(_("featured"), null=True, blank=True)
    deprecated_at = models.DateTimeField(_("deprecated"), null=True, blank=True)
    deprecated_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    deprecation_reason = models.CharField(_("why"), max_length=300, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="succeeds", verbose_name=_("take instead")
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    created_by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(_("changed"), default=timezone.now)

    search = models.GeneratedField(
        expression=SearchVector("name", weight="A", config="english")
        + SearchVector("summary", weight="B", config="english")
        + SearchVector("description", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = AppTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deprecated_at=None, deprecated_by=None, deprecation_reason="")
                | (models.Q(deprecated_at__isnull=False) & ~models.Q(deprecation_reason="")),
                name="template_deprecated_why",
            ),
            models.CheckConstraint(condition=~models.Q(successor=models.F("id")), name="template_not_own_successor"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="template_search"),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="template_name_trgm"),
            models.Index(fields=["name", "id"], name="template_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalog:template_detail", args=[self.slug])

    @property
    def is_deprecated(self) -> bool:
        return self.deprecated_at is not None
