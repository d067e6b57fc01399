"""The report of a month that is over: made once when its figures have settled, and sent to the board."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.actions import board_snapshots
from portal.board import Board
from portal.board_paper import paper
from portal.kpis import KPIS
from portal.measuring import HOUSE
from portal.models import BoardSnapshot, KpiReading, User
from portal.models.kpi_reading import ReadingKind
from portal.models.user import Role
from portal.months import month_of, monthly, shifted


def report(*, now: datetime) -> BoardSnapshot | None:
    """The report of last month, when every figure that settles within a week is frozen and no report was made yet."""
    today = timezone.localdate(now, timezone.get_default_timezone())
    month = shifted(month_of(today), -1)
    due = month_of(today) + timedelta(
        days=max((kpi.settle_days for kpi in KPIS.values() if kpi.settle_days < 8), default=3)
    )
    span = monthly(month)
    if today < due or BoardSnapshot.objects.filter(by=None, span=span.key).exists():
        return None
    if not KpiReading.objects.filter(month=month, kind=ReadingKind.FROZEN, business_unit=HOUSE).exists():
        return None
    board = Board(span, unit=HOUSE, against=span.before(), today=today)
    content = paper(board, unit_name="", units=None, now=now)
    try:
        with transaction.atomic():
            made = board_snapshots.keep(content, unit=None, by=None, now=now)
            members = User.objects.people().filter(groups__name=Role.BOARD)
            board_snapshots.tell(made, list(members), now=now)
    except IntegrityError:  # another worker made it in this moment
        return None
    return made
