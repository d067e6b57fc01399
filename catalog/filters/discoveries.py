"""What the list of discoveries can be narrowed by, with the counts beside each choice."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Discovery
from catalog.models.discovery import DiscoveryQuerySet, DiscoveryState

LONGEST_WORDS, MOST_OPTIONS = 100, 30
OWNED = {"known": gettext_lazy("Owner known"), "unknown": gettext_lazy("Owner unknown")}
LEGENDS = {
    "state": gettext_lazy("State"),
    "source": gettext_lazy("Found in"),
    "owner": gettext_lazy("Owner"),
    "unit": gettext_lazy("Unit"),
}
COLUMNS = {"state": "state", "source": "source_system", "owner": "has_owner", "unit": "unit_name"}


@dataclass(frozen=True)
class Option:
    value: str
    label: Any
    count: int
    on: bool


@dataclass(frozen=True)
class Facet:
    name: str
    legend: Any
    options: list[Option]


@dataclass(frozen=True)
class Chip:
    label: str
    url: str


class DiscoveryFilter:
    """Reads the URL; values that do not exist are left out. Without a state, those to triage are shown."""

    def __init__(self, data: QueryDict, queryset: DiscoveryQuerySet) -> None:
        self.data = data
        self.words = data.get("q", "").replace("\x00", " ").strip()[:LONGEST_WORDS]
        named = queryset.annotate(
            has_owner=models.Case(
                models.When(owner__isnull=False, then=models.Value("known")), default=models.Value("unknown")
            ),
            unit_name=Coalesce("business_unit__code", models.Value("")),
        )
        self.queryset = named.matching(self.words) if self.words else named
        self.chosen = {
            name: [v for v in dict.fromkeys(data.getlist(name)) if len(v) <= 40 and "\x00" not in v][:MOST_OPTIONS]
            for name in COLUMNS
        }
        self.chosen["state"] = [v for v in self.chosen["state"] if v in DiscoveryState.values]

    def narrowed(self, *, without: str = "") -> models.QuerySet[Discovery]:
        queryset = self.queryset
        for name, values in self.chosen.items():
            if values and name != without:
                queryset = queryset.filter(**{f"{COLUMNS[name]}__in": values})
        return queryset

    def facets(self) -> list[Facet]:
        """Each filter with the counts that one more tick would give; one query each."""
        return [Facet(name, LEGENDS[name], self.options(name)) for name in COLUMNS]

    def options(self, name: str) -> list[Option]:
        column = COLUMNS[name]
        rows = self.narrowed(without=name).order_by().values_list(column).annotate(n=models.Count("pk"))
        counts = dict(rows.order_by("-n", column)[:MOST_OPTIONS])
        order = DiscoveryState.values if name == "state" else [*counts]
        known = [value for value in order if value or name == "unit"]
        known += [value for value in self.chosen[name] if value not in known]
        return [Option(v, self.label(name, v), counts.get(v, 0), v in self.chosen[name]) for v in known]

    @staticmethod
    def label(name: str, value: str) -> Any:
        if name == "state":
            return DiscoveryState(value).label
        if name == "owner":
            return OWNED.get(value, value)
        return value or _("No unit")

    def chips(self) -> list[Chip]:
        """Each choice in force, as a link to the list without it."""
        chips = []
        for name, values in self.chosen.items():
            for value in values:
                query = self.data.copy()
                query.setlist(name, [one for one in query.getlist(name) if one != value])
                query.pop("after", None)
                query.pop("before", None)
                chips.append(Chip(f"{LEGENDS[name]}: {self.label(name, value)}", "?" + query.urlencode()))
        return chips
