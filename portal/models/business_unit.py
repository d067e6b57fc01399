from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

DESCENDANTS = """
WITH RECURSIVE branch(id) AS (
    SELECT id FROM portal_businessunit WHERE id = ANY(%s)
    UNION SELECT child.id FROM portal_businessunit child JOIN branch ON child.parent_id = branch.id
) SELECT id FROM branch
"""
ANCESTORS = """
WITH RECURSIVE line(id, parent_id) AS (
    SELECT id, parent_id FROM portal_businessunit WHERE id = ANY(%s)
    UNION SELECT up.id, up.parent_id FROM portal_businessunit up JOIN line ON up.id = line.parent_id
) SELECT id FROM line
"""


class BusinessUnitQuerySet(models.QuerySet["BusinessUnit"]):
    def _walk(self, sql: str, units: Iterable[int]) -> BusinessUnitQuerySet:
        inside = f"portal_businessunit.id IN ({sql})"
        return self.filter(models.expressions.RawSQL(inside, [list(units)], models.BooleanField()))  # noqa: S611  (constants)

    def below(self, *units: int) -> BusinessUnitQuerySet:
        """The given units and everything under them."""
        return self._walk(DESCENDANTS, units)

    def above(self, *units: int) -> BusinessUnitQuerySet:
        """The given units and everything over them."""
        return self._walk(ANCESTORS, units)

    def for_tree(self) -> BusinessUnitQuerySet:
        """Adds `open_accounts`, and what a line of the tree shows, sorted by name."""
        people = models.Count("people", filter=models.Q(people__is_active=True))
        return self.select_related("lead").annotate(open_accounts=people).order_by("name", "pk")

    def led_by(self, user: models.Model) -> BusinessUnitQuerySet:
        return self.filter(lead=user)


class BusinessUnit(models.Model):
    """A part of the company; units form a tree. `code` is the short name used in imports and settings."""

    name = models.CharField(_("name"), max_length=120)
    code = models.SlugField(_("code"), max_length=40, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    lead = models.ForeignKey(
        "portal.User", models.SET_NULL, null=True, blank=True, related_name="units_led", verbose_name=_("lead")
    )

    objects = BusinessUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("business unit")
        verbose_name_plural = _("business units")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="unit_not_its_own_parent",
                violation_error_message=_("A business unit cannot be part of itself."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.pk and self.parent_id and BusinessUnit.objects.below(self.pk).filter(pk=self.parent_id).exists():
            raise ValidationError({"parent": _("This would make the unit part of itself. Choose a unit outside it.")})
