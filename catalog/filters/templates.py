"""What the marketplace can be narrowed by: search, type, risk, what it connects to, the badge it needs; and its order.

The filterable columns of all templates that match the words are read once and counted here: there are hundreds, not millions.
Each count leaves out the choices of its own filter."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.filters.facets import Facet, Option
from catalog.filters.micro_apps import LONGEST_WORDS
from catalog.models import AppTemplate, Connector
from catalog.models.marketplace.app_template import TemplateKind
from catalog.models.micro_app import Risk
from portal.templatetags.lists import without_place
from training.models.course import Level

Row = Mapping[str, Any]
NONE, STEP, FEATURED = "none", 9, 3
LEGENDS: dict[str, str | Promise] = {
    "kind": gettext_lazy("Type"),
    "risk": gettext_lazy("Risk"),
    "connector": gettext_lazy("Connects to"),
    "badge": gettext_lazy("You need"),
}
SORTS: dict[str, tuple[str | Promise, Callable[[Row], Any]]] = {
    "cloned": (gettext_lazy("Most cloned"), lambda row: (-row["live_clones"], row["name"].casefold())),
    "rated": (gettext_lazy("Best rated"), lambda row: (-row["stars"], -row["ratings_given"], row["name"].casefold())),
    "new": (gettext_lazy("Newest"), lambda row: (-row["latest__published_at"].timestamp(), row["pk"])),
    "quick": (gettext_lazy("Quickest to live"), lambda row: (row["usual_days"], row["name"].casefold())),
    "name": (gettext_lazy("Name"), lambda row: (row["name"].casefold(), row["pk"])),
}


@dataclass(frozen=True)
class Chip:
    label: str
    url: str


class TemplateFilter:
    """Everything unknown in the address is as if it were not there."""

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.words = data.get("q", "").replace("\x00", " ").strip()[:LONGEST_WORDS]
        sort = data.get("sort", "")
        self.sort: str = sort if sort in SORTS else "cloned"
        shown = data.get("shown", "")
        self.shown = max(int(shown), STEP) if shown.isascii() and shown.isdigit() and len(shown) < 5 else STEP

    @cached_property
    def matching(self) -> list[Row]:
        """Under the words alone; one query."""
        found = AppTemplate.objects.published()
        found = found.matching(self.words) if self.words else found
        columns = (
            "pk",
            "name",
            "kind",
            "risk",
            "badge_level",
            "connectors",
            "usual_days",
            "latest__published_at",
            "featured_at",
        )
        return list(found.with_figures().order_by("pk").values(*columns, "live_clones", "stars", "ratings_given"))

    @cached_property
    def connector_names(self) -> dict[str, str]:
        return dict(Connector.objects.order_by("name").values_list("slug", "name"))

    @cached_property
    def choices(self) -> dict[str, list[tuple[str, Any]]]:
        """The values of each filter with their labels; connectors are those that some template uses."""
        used = {slug for row in self.matching for slug in row["connectors"]} | set(self.data.getlist("connector"))
        named = [(slug, name) for slug, name in self.connector_names.items() if slug in used]
        badges = [(level.name.lower(), _("%(level)s badge") % {"level": level.label}) for level in Level]
        return {
            "kind": list(TemplateKind.choices),
            "risk": list(Risk.choices),
            "connector": [*named, (NONE, _("No connector"))],
            "badge": [(NONE, _("No badge needed")), *badges],
        }

    @cached_property
    def chosen(self) -> dict[str, frozenset[str]]:
        return {
            name: frozenset(self.data.getlist(name)) & {value for value, _label in options}
            for name, options in self.choices.items()
        }

    def fits(self, row: Row, *, without: str = "") -> bool:
        return all(not on or name == without or on & values_of(row, name) for name, on in self.chosen.items())

    @cached_property
    def rows(self) -> list[Row]:
        return sorted((row for row in self.matching if self.fits(row)), key=SORTS[self.sort][1])

    @property
    def facets(self) -> list[Facet]:
        return [
            Facet(name, LEGENDS[name], [self.option(name, value, label) for value, label in options])
            for name, options in self.choices.items()
        ]

    def option(self, name: str, value: str, label: Any) -> Option:
        count = sum(value in values_of(row, name) and self.fits(row, without=name) for row in self.matching)
        return Option(value, label, count, value in self.chosen[name])

    @cached_property
    def cards(self) -> dict[int, AppTemplate]:
        """Every template this page shows, featured or found; one query."""
        wanted = [row["pk"] for row in [*self.rows[: self.shown], *self.chosen_by_staff]]
        return AppTemplate.objects.with_figures().select_related("latest").in_bulk(wanted)

    @cached_property
    def chosen_by_staff(self) -> list[Row]:
        if self.is_narrowed:
            return []
        featured = [row for row in self.matching if row["featured_at"]]
        return sorted(featured, key=lambda row: row["featured_at"], reverse=True)[:FEATURED]

    @property
    def featured(self) -> list[AppTemplate]:
        """What staff put first, the newest choice first; nothing once the list is narrowed."""
        return [self.cards[row["pk"]] for row in self.chosen_by_staff]

    @property
    def page(self) -> list[AppTemplate]:
        """The cards shown, in their order."""
        return [self.cards[row["pk"]] for row in self.rows[: self.shown]]

    @property
    def more(self) -> int:
        """How many the next step brings."""
        return min(STEP, max(len(self.rows) - self.shown, 0))

    @property
    def first_new(self) -> int:
        return self.shown - STEP if self.shown > STEP else -1

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words) or any(self.chosen.values())

    @property
    def sorts(self) -> list[tuple[str, Any, bool]]:
        return [(key, label, key == self.sort) for key, (label, _key) in SORTS.items()]

    @property
    def chips(self) -> list[Chip]:
        """What is in force, each with the address of the list without it."""
        found = []
        for name, options in self.choices.items():
            for value, label in options:
                if value in self.chosen[name]:
                    query = self.data.copy()
                    query.setlist(name, [one for one in query.getlist(name) if one != value])
                    query.pop("shown", None)
                    found.append(Chip(f"{LEGENDS[name]}: {label}", without_place(query)))
        return found

    @property
    def more_url(self) -> str:
        return without_place(self.data, shown=str(self.shown + STEP))


def values_of(row: Row, name: str) -> frozenset[str]:
    """What a template is, by one filter."""
    if name == "connector":
        return frozenset(row["connectors"]) or frozenset({NONE})
    if name == "badge":
        return frozenset({Level(row["badge_level"]).name.lower() if row["badge_level"] else NONE})
    return frozenset({row[name]})
