"""Sets of sweep runs, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from catalog.models.sweep_run import SweepRun  # noqa: F401


class SweepRunQuerySet(models.QuerySet["SweepRun"]):
    def with_work(self) -> SweepRunQuerySet:
        """Runs that had something to do or to say; most hourly turns find nothing due."""
        return self.exclude(state="done", planned=0, skipped=0)

    def latest_of_each(self) -> SweepRunQuerySet:
        """The newest run of each sweep."""
        return self.order_by("kind", "-id").distinct("kind")

    def held(self) -> SweepRunQuerySet:
        return self.filter(state="held")
