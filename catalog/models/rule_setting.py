from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RuleSettingQuerySet(models.QuerySet["RuleSetting"]):
    def standing(self) -> RuleSettingQuerySet:
        return self.filter(replaced_at=None)

    def in_force(self) -> RuleSettingQuerySet:
        """Standing numbers, by rule, unit and tier; not those that were cleared."""
        numbers = self.standing().filter(value__isnull=False).select_related("by", "business_unit")
        return numbers.order_by("key", "business_unit__name", "risk")

    def newest(self, key: str) -> int:
        """The number of a rule's newest setting: what a person has seen who looks at the rule now."""
        return self.filter(key=key).order_by("-pk").values_list("pk", flat=True).first() or 0

    def version_of(self, key: str, unit: models.Model | None, risk: str) -> int:
        settings = self.filter(key=key, business_unit=unit, risk=risk)
        return settings.order_by("-version").values_list("version", flat=True).first() or 0


class RuleSetting(models.Model):
    """One version of one rule's number, for everyone or for a business unit and/or a risk tier. Old versions stay.

    An empty `value` in the newest version means "use the wider setting again"."""

    key = models.CharField(_("rule"), max_length=40)
    business_unit = models.ForeignKey("portal.BusinessUnit", models.CASCADE, null=True, blank=True, related_name="+")
    risk = models.CharField(_("risk"), max_length=6, blank=True)
    value = models.IntegerField(_("value"), null=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("since"), default=timezone.now)
    by = models.ForeignKey("portal.User", models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    objects = RuleSettingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule setting")
        verbose_name_plural = _("rule settings")
        constraints = [
            models.UniqueConstraint(
                fields=["key", "business_unit", "risk"],
                condition=models.Q(replaced_at=None),
                nulls_distinct=False,
                name="rule_one_standing",
            ),
            models.UniqueConstraint(
                fields=["key", "business_unit", "risk", "version"], nulls_distinct=False, name="rule_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}={self.value}"
