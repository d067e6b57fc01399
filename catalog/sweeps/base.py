"""What every sweep is made of: which apps and why (a SELECT), what is done to a batch of them, how it is undone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import F

from catalog.models import MicroApp, SweepRun
from catalog.models.sweep_run import SweepKind
from catalog.rules import RuleBook
from portal.models import User

# Exemptions by app: until when one stands, and when the last one that is over ended (the clock stood still until then).
EXEMPT_CTE = """
exempt AS (
    SELECT f.app_id,
        max(f.until) FILTER (WHERE f.ended_at IS NULL AND f.at <= %(now)s AND f.until > %(now)s) AS stands_until,
        max(least(f.until, coalesce(f.ended_at, f.until)))
            FILTER (WHERE least(f.until, coalesce(f.ended_at, f.until)) <= %(now)s) AS ended_at
    FROM catalog_appfact f WHERE f.kind = 'exemption' GROUP BY f.app_id
)"""
EXEMPT_NOTE = "CASE WHEN e.stands_until IS NULL THEN '' ELSE 'exempt' END"


@dataclass(frozen=True)
class Moment:
    """The time a sweep acts at. In a simulation, use is read as it was at `use_now`."""

    now: datetime
    use_now: datetime | None = None

    @property
    def today(self) -> date:
        return self.now.astimezone(UTC).date()

    @property
    def use_today(self) -> date:
        return (self.use_now or self.now).astimezone(UTC).date()

    @property
    def params(self) -> dict[str, Any]:
        return {"now": self.now, "today": self.today, "use_today": self.use_today}


@dataclass(frozen=True)
class Select:
    """A SELECT of app_id, action, facts (jsonb) and note; a note means: listed, and left alone."""

    sql: str
    params: dict[str, Any]


@dataclass
class Batch:
    """Items that are locked, with their apps, and whose facts were found true again at this moment."""

    run: SweepRun
    items: list[int]
    moment: Moment
    book: RuleBook
    by: User | None = None
    actor_name: str = ""
    done: list[int] = field(default_factory=list)  # what an undo could put back

    @property
    def now(self) -> datetime:
        return self.moment.now

    def execute(self, sql: str, items: list[int] | None = None, **params: Any) -> list[tuple[Any, ...]]:
        """One statement over the batch: `%(items)s` are its items, `%(run)s` and `%(now)s` the run and the time."""
        given = {"items": self.items if items is None else items, "run": self.run.pk, "by": self.by and self.by.pk}
        with connection.cursor() as cursor:
            cursor.execute(sql, self.moment.params | given | params)
            return cursor.fetchall() if cursor.description else []

    def app_ids(self, items: list[int] | None = None) -> list[int]:
        sql = "SELECT app_id FROM catalog_sweepitem WHERE id = ANY(%(items)s) ORDER BY app_id"
        return [pk for (pk,) in self.execute(sql, items)]

    def with_action(self, action: str) -> list[int]:
        sql = "SELECT id FROM catalog_sweepitem WHERE id = ANY(%(items)s) AND action = %(action)s"
        return [pk for (pk,) in self.execute(sql, action=action)]


@dataclass(frozen=True)
class Sweep:
    """`keeps` are the app's columns an undo puts back. `archives`: counts for the cap. `needs_use`: refuses to run while a
    required collector is incomplete. `every` is hours between turns; `undo` None means it cannot be taken back."""

    kind: SweepKind
    find: Callable[[RuleBook, Moment, list[int] | None], Select]
    apply: Callable[[Batch], None]
    undo: Callable[[Batch], list[int]] | None
    keeps: tuple[str, ...] = ("state", "updated_at")
    archives: bool = False
    needs_use: bool = False
    every: int = 1
    size: int = 1_000  # items of one batch, and so of one transaction


def scope(
    book: RuleBook,
    moment: Moment,
    *,
    states: Iterable[str],
    rules: Iterable[str] = (),
    app_ids: list[int] | None = None,
    **filters: Any,
) -> Select:
    """The apps in question with the rules that hold for each, as the body of the CTE `scope`."""
    apps = MicroApp.objects.filter(state__in=list(states), **filters).with_owner_today(moment.now)
    if app_ids is not None:
        apps = apps.filter(pk__in=app_ids)
    apps = apps.annotate(
        zone=F("owner__time_zone"), **{f"rule_{key}": book.expression(key) for key in rules}
    ).order_by()
    sql, values = apps.values(
        "id", "state", "owner_id", "second_owner_id", "expires_on", "activated_at", "archived_at", "retired_at",
        "open_tickets", "owner_today", "zone", *(f"rule_{key}" for key in rules),
    ).query.sql_with_params()  # fmt: skip
    parts = sql.split("%s")
    names = [f"scope{number}" for number in range(len(values))]
    text = parts[0] + "".join(f"%({name})s{part}" for name, part in zip(names, parts[1:], strict=True))
    return Select(text, dict(zip(names, values, strict=True)) | moment.params)
