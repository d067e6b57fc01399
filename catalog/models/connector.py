from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from training.models.course import Level


class ConnectorStatus(models.TextChoices):
    PROPOSED = "proposed", _("In review")
    APPROVED = "approved", _("Approved")
    BLOCKED = "blocked", _("Blocked")
    DECLINED = "declined", _("Declined")


class ConnectorQuerySet(models.QuerySet["Connector"]):
    def approved(self) -> ConnectorQuerySet:
        return self.filter(status=ConnectorStatus.APPROVED)

    def for_choice(self) -> ConnectorQuerySet:
        """Those a form shows: a blocked one with its reason, one in review with the word, never a declined one."""
        return self.exclude(status=ConnectorStatus.DECLINED).order_by("status", "name")

    def matching(self, words: str) -> ConnectorQuerySet:
        """Connectors whose name, system or summary holds the words, or whose name is close to them."""
        held = models.Q(name__icontains=words) | models.Q(system__icontains=words) | models.Q(summary__icontains=words)
        return self.filter(held | models.Q(name__trigram_word_similar=words))

    def with_use(self) -> ConnectorQuerySet:
        """Adds `live_apps`: how many active or flagged apps use it."""
        live = models.Q(uses__app__state__in=["active", "flagged"])
        return self.annotate(live_apps=models.Count("uses", filter=live))


class Connector(models.Model):
    """A sanctioned or blocked way to reach a system. `data_classes` are the classes it may carry; a block has a reason.
    `badge_level` is the level an owner must hold to ask for it; 0 asks for none."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    summary = models.CharField(_("what it connects to"), max_length=200)
    system = models.CharField(_("system"), max_length=80, blank=True)
    host = models.CharField(_("host"), max_length=253, blank=True)
    status = models.CharField(
        _("status"), max_length=8, choices=ConnectorStatus.choices, default=ConnectorStatus.APPROVED
    )
    status_reason = models.CharField(_("why"), max_length=300, blank=True)
    data_classes = ArrayField(models.CharField(max_length=12), default=list, verbose_name=_("data it may carry"))
    badge_level = models.PositiveSmallIntegerField(
        _("badge needed"), choices=[(0, _("none")), *Level.choices], default=0, db_default=0
    )
    team = models.CharField(_("owner team"), max_length=80)
    contact = models.EmailField(_("contact"), blank=True)
    proposed_by = models.ForeignKey(
        "portal.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proposed by")
    )
    created_at = models.DateTimeField(_("added"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now)

    objects = ConnectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("connector")
        verbose_name_plural = _("connectors")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["approved", "proposed"]) | ~models.Q(status_reason=""),
                name="connector_block_has_reason",
                violation_error_message=_("Say why the connector is blocked."),
            )
        ]
        indexes = [GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="connector_name_trgm")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalog:connector_detail", args=[self.slug])
