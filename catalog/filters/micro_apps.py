"""What the list of apps can be narrowed by. The URL says it; a value that is unknown is left out, never an error."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from catalog.models import MicroApp
from catalog.models.micro_app import Risk
from catalog.models.micro_app_set import MicroAppQuerySet
from catalog.rules import RULES
from catalog.states import AppState

FEW = RULES["inactive_users"].default
ENDS = (
    ("grace", _("Ended, in grace")),
    ("week", _("Within 7 days")),
    ("month", _("In 8 to 30 days")),
    ("later", _("Later")),
)
USE = (
    ("in_use", format_lazy(_("In use, {users} or more users"), users=FEW)),
    ("unused", _("Unused")),
    ("unknown", _("Unknown")),
)
SORTS = {
    "name": "name",
    "ends": "ends_key",
    "used": "users_key",
    "created": "created_at",
    "relevance": "relevance",
}
LONGEST_WORDS = 100


class KnownChoices(forms.MultipleChoiceField):
    """Keeps the values that exist and drops the rest: an old link or a typing error in the URL still shows a list."""

    def clean(self, value: Any) -> list[str]:
        return [one for one in dict.fromkeys(value or []) if isinstance(one, str) and self.valid_value(one)]


class Words(forms.CharField):
    """What was searched for, without what the database cannot hold."""

    def clean(self, value: Any) -> str:
        return str(value or "").replace("\x00", " ").strip()[:LONGEST_WORDS]


class AnyOf(django_filters.MultipleChoiceFilter):
    """One of the chosen values; nothing chosen is no filter."""

    field_class = KnownChoices

    def filter(self, qs: models.QuerySet[Any], value: Sequence[str]) -> models.QuerySet[Any]:
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs


class SearchFilter(django_filters.CharFilter):
    field_class = Words

    def filter(self, qs: MicroAppQuerySet, value: str) -> MicroAppQuerySet:
        return qs.matching(value) if value else qs


class UnitFilter(AnyOf):
    """A unit stands for itself and everything under it."""

    def filter(self, qs: MicroAppQuerySet, value: Sequence[str]) -> MicroAppQuerySet:  # type: ignore[override]
        return qs.filter(business_unit__in=self.parent.units.below(value)) if value else qs


class ConnectorFilter(AnyOf):
    def filter(self, qs: MicroAppQuerySet, value: Sequence[str]) -> MicroAppQuerySet:  # type: ignore[override]
        if not value:
            return qs
        uses = MicroApp.connector_uses.rel.related_model.objects.filter(connector__slug__in=value)  # type: ignore[attr-defined]
        return qs.filter(pk__in=uses.values("app"))


class MicroAppFilter(django_filters.FilterSet):
    """`units` and `connectors` are the choices of today; `now` decides how near an end is."""

    q = SearchFilter(label=_("Search"))
    status = AnyOf(label=_("Status"), field_name="state", choices=AppState.choices)
    unit = UnitFilter(label=_("Unit"))
    risk = AnyOf(label=_("Risk"), field_name="risk", choices=Risk.choices)
    ends = AnyOf(label=_("Ends"), field_name="ends_in", choices=ENDS)
    use = AnyOf(label=_("Use in 30 days"), field_name="use", choices=USE)
    connector = ConnectorFilter(label=_("Connector"))

    def __init__(
        self,
        data: QueryDict,
        queryset: MicroAppQuerySet,
        *,
        now: datetime,
        units: Any,
        connectors: Iterable[tuple[str, str]],
    ) -> None:
        super().__init__(data, queryset.with_groups(now, FEW))
        self.units = units
        self.filters["unit"].extra["choices"] = units.choices
        self.filters["connector"].extra["choices"] = list(connectors)

    @property
    def chosen(self) -> dict[str, Any]:
        """What is in force, cleaned."""
        self.is_valid()
        return self.form.cleaned_data

    def narrowed(self, *, without: Iterable[str] = ()) -> MicroAppQuerySet:
        """The set with every filter in force, but those named."""
        queryset = self.queryset
        for name, value in self.chosen.items():
            if name not in without:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    @property
    def sort(self) -> str:
        """The sort of the URL when there is one of that name; a search is sorted by relevance."""
        asked = str(self.data.get("sort", ""))
        if asked.lstrip("-") in SORTS and (self.chosen["q"] or "relevance" not in asked) and asked.count("-") < 2:
            return asked
        return "-relevance" if self.chosen["q"] else "name"

    @property
    def column(self) -> str:
        """The sort as the column it goes by."""
        sign = "-" if self.sort.startswith("-") else ""
        return sign + SORTS[self.sort.lstrip("-")]

    def rows(self) -> MicroAppQuerySet:
        """The narrowed set with what a table shows, ready to be sorted by `column`."""
        queryset = self.narrowed().for_table()
        return queryset.ranked(self.chosen["q"]) if self.chosen["q"] else queryset
