"""The filters of the run list and of a plan, read from the URL. What is garbage filters nothing."""

from django.db.models import Count, QuerySet
from django.http import QueryDict

from catalog.models import SweepItem, SweepRun
from catalog.models.sweep_run import ItemState, SweepKind, SweepState
from catalog.models.sweep_set import SweepRunQuerySet

Choice = tuple[str, str, bool]


class SweepRunFilter:
    """By sweep and state; runs that found nothing due only when asked for."""

    def __init__(self, query: QueryDict) -> None:
        self.kind = query.get("kind", "") if query.get("kind") in SweepKind.values else ""
        self.state = query.get("state", "") if query.get("state") in SweepState.values else ""
        self.empty = query.get("empty") == "1"

    def narrowed(self) -> SweepRunQuerySet:
        runs = SweepRun.objects.select_related("by")
        runs = runs if self.empty else runs.with_work()
        runs = runs.filter(kind=self.kind) if self.kind else runs
        return runs.filter(state=self.state) if self.state else runs

    @property
    def kinds(self) -> list[Choice]:
        return [(value, str(label), value == self.kind) for value, label in SweepKind.choices]

    @property
    def states(self) -> list[Choice]:
        return [(value, str(label), value == self.state) for value, label in SweepState.choices]


class SweepItemFilter:
    """The lines of one plan, by what became of them."""

    def __init__(self, query: QueryDict, run: SweepRun) -> None:
        self.run = run
        self.state = query.get("state", "") if query.get("state") in ItemState.values else ""
        self.counts = dict(run.items.order_by().values_list("state").annotate(count=Count("id")))

    def narrowed(self) -> QuerySet[SweepItem]:
        items = SweepItem.objects.filter(run=self.run).select_related("app", "app__business_unit", "app__owner")
        return items.filter(state=self.state) if self.state else items

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def states(self) -> list[tuple[str, str, int, bool]]:
        return [
            (value, str(label), self.counts[value], value == self.state)
            for value, label in ItemState.choices
            if value in self.counts
        ]
