from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

six_digits = RegexValidator(r"^[0-9]{6}$", _("A cost centre has 6 digits, for example 410220."))


class CostCentreQuerySet(models.QuerySet["CostCentre"]):
    def matching(self, words: str) -> CostCentreQuerySet:
        """Those whose code begins with the words, or whose name contains them; all when there are none."""
        return self.filter(models.Q(code__startswith=words) | models.Q(name__icontains=words))

    def for_table(self) -> CostCentreQuerySet:
        return self.select_related("business_unit")


class CostCentre(models.Model):
    """Who pays: a six-digit account of a business unit. A closed one stays on old records and takes no new ones."""

    code = models.CharField(_("code"), max_length=6, unique=True, validators=[six_digits])
    name = models.CharField(_("name"), max_length=120)
    business_unit = models.ForeignKey(
        "portal.BusinessUnit", models.PROTECT, related_name="cost_centres", verbose_name=_("business unit")
    )
    is_open = models.BooleanField(_("open"), default=True)

    objects = CostCentreQuerySet.as_manager()

    class Meta:
        verbose_name = _("cost centre")
        verbose_name_plural = _("cost centres")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
