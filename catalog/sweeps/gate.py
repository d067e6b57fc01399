"""What stops a run before it starts: collectors that are behind, and a plan that would archive too much at once."""

import json
from datetime import timedelta
from typing import Any

from django.db.models import Q

from catalog.models import Collector, MicroApp, SweepItem, SweepRun
from catalog.models.sweep_run import ItemState
from catalog.rules import RuleBook
from catalog.sweeps.base import Moment

ARCHIVE = "archive"
CAP_SPAN = timedelta(hours=24)


def incomplete(book: RuleBook, moment: Moment) -> str:
    """The refusal as JSON, or nothing: every required collector must vouch for the days until today, less its lag."""
    needed_until = moment.use_today - timedelta(days=book.value("collector_lag"))
    behind = Q(complete_until__lt=needed_until) | Q(complete_until=None) | Q(complete_from=None)
    required = Collector.objects.filter(is_required=True)
    late = list(required.filter(behind).order_by("label").values("label", "complete_until"))
    if late:
        names = [(one["label"], str(one["complete_until"] or "–")) for one in late]
        return reason("incomplete", collectors=names, needed_until=str(needed_until))
    return "" if required.exists() else reason("no_collector")


def cap(book: RuleBook) -> int:
    """How many apps sweeps may archive in a day without two people's word."""
    return max(book.value("cap_apps"), MicroApp.objects.live().count() * book.value("cap_permille") // 1000)


def archived_lately(moment: Moment) -> int:
    """Apps that sweeps archived in the last day without a release: many small runs are one big one."""
    return SweepItem.objects.filter(
        Q(state=ItemState.APPLIED) | Q(state=ItemState.PLANNED, run__state="running"),
        run__second_release_at=None,
        run__now__gt=moment.now - CAP_SPAN,
        run__now__lte=moment.now,
        run__kind__in=("expire", "unanswered"),
        action=ARCHIVE,
    ).count()


def over_cap(run: SweepRun, book: RuleBook, moment: Moment) -> str:
    """The reason to hold the run as JSON, or nothing. Sets the run's cap."""
    run.cap, lately = cap(book), archived_lately(moment)
    planned = run.items.filter(state=ItemState.PLANNED, action=ARCHIVE).count()
    if not planned or planned + lately <= run.cap:
        return ""
    return reason("over_cap", planned=planned, lately=lately, cap=run.cap)


def reason(code: str, **params: Any) -> str:
    """Why, as data: `catalog.sweeps.wording` says it in the reader's language."""
    return json.dumps({"code": code, **params}, ensure_ascii=False)[:500]
