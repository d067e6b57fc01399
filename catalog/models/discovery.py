from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models import User
from portal.models.user import Role
from portal.states import Transitions


class DiscoveryState(models.TextChoices):
    OPEN = "open", _("To triage")
    CONTACTED = "contacted", _("Owner contacted")
    ADOPTED = "adopted", _("Adopted")
    RETIRED = "retired", _("Retired")


DISCOVERY_TRANSITIONS: Transitions = {
    DiscoveryState.OPEN: frozenset({DiscoveryState.CONTACTED, DiscoveryState.ADOPTED, DiscoveryState.RETIRED}),
    DiscoveryState.CONTACTED: frozenset({DiscoveryState.OPEN, DiscoveryState.ADOPTED, DiscoveryState.RETIRED}),
    DiscoveryState.ADOPTED: frozenset(),
    DiscoveryState.RETIRED: frozenset({DiscoveryState.OPEN}),
}


class DiscoveryQuerySet(models.QuerySet["Discovery"]):
    def unsettled(self) -> DiscoveryQuerySet:
        return self.filter(state__in=[DiscoveryState.OPEN, DiscoveryState.CONTACTED])

    def visible_to(self, user: User) -> DiscoveryQuerySet:
        """Staff see all; everyone else the ones that carry their own name."""
        return self if user.has_role(Role.STAFF) else self.filter(owner=user)

    def matching(self, words: str) -> DiscoveryQuerySet:
        """By name (also with typing errors), by what it does, by owner as found, or by its number in the source."""
        return self.filter(
            models.Q(name__icontains=words)
            | models.Q(name__trigram_word_similar=words)
            | models.Q(summary__icontains=words)
            | models.Q(owner_hint__icontains=words)
            | models.Q(external_id__iexact=words)
        )

    def for_table(self) -> DiscoveryQuerySet:
        return self.select_related("owner", "business_unit", "adopted_as")


class Discovery(models.Model):
    """An app found running outside the catalog, kept as it was found. `gaps` names the contract fields it lacks.

    `known` holds the contract fields that could be read, `raw` the whole source row."""

    source_system = models.CharField(_("found in"), max_length=40)
    external_id = models.CharField(_("number there"), max_length=200)
    name = models.CharField(_("name"), max_length=200)
    summary = models.CharField(_("what it does"), max_length=500, blank=True)
    owner = models.ForeignKey(
        "portal.User", models.SET_NULL, null=True, related_name="discoveries", verbose_name=_("owner")
    )
    owner_hint = models.CharField(_("owner as found"), max_length=200, blank=True)
    business_unit = models.ForeignKey("portal.BusinessUnit", models.SET_NULL, null=True, related_name="+")
    known = models.JSONField(_("known fields"), default=dict)
    gaps = ArrayField(models.CharField(max_length=40), default=list, verbose_name=_("gaps"))
    raw = models.JSONField(_("as found"), default=dict)
    state = models.CharField(_("state"), max_length=9, choices=DiscoveryState.choices, default=DiscoveryState.OPEN)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    first_seen_at = models.DateTimeField(_("first seen"), default=timezone.now)
    last_seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
    contacted_at = models.DateTimeField(_("owner contacted"), null=True, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey("portal.User", models.PROTECT, null=True, blank=True, related_name="+")
    adopted_as = models.OneToOneField(
        "catalog.MicroApp", models.SET_NULL, null=True, blank=True, related_name="discovery"
    )

    objects = DiscoveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("discovery")
        verbose_name_plural = _("discoveries")
        constraints = [
            models.UniqueConstraint(fields=["source_system", "external_id"], name="discovery_once_per_source")
        ]
        indexes = [
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="discovery_name_trgm"),
            models.Index(fields=["state", "-id"], name="discovery_state"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalog:discovery_detail", args=[self.pk])
