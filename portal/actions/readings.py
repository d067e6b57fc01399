"""Taking readings: so far each hour, frozen when a month has settled, corrected by a person with a reason. What is frozen
never changes; a correction is a reading of its own."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit
from portal.kpis import KPIS, Kpi
from portal.measuring import HOUSE, own, rolled_up
from portal.models import BusinessUnit, KpiReading, KpiTarget, User
from portal.models.kpi_reading import ReadingKind
from portal.months import between, month_of, shifted, window_of
from portal.permissions import allow, denial_to_keep_figures

LATEST_FREEZE = timedelta(days=21)  # so long a frozen month waits for late data, then its gap is frozen
ONE_AT_A_TIME = 7_261_501  # the number of this lock in the database


class NothingToCorrect(Exception):
    """The sentence says why there is nothing to correct."""


def today_of(now: datetime) -> date:
    return timezone.localdate(now, timezone.get_default_timezone())


@transaction.atomic
def take(*, now: datetime) -> int:
    """Read every figure for every unit: the month so far, and each month before that is not frozen yet. How many rows.

    Safe to repeat: a day is read once, and read again takes the place of what was read that day."""
    one_at_a_time()
    today, parents = today_of(now), units()
    written = 0
    for kpi in KPIS.values():
        for month in open_months(kpi, today):
            written += read(kpi, month, parents, now=now)
    return written


def read(kpi: Kpi, month: date, parents: dict[int, int | None], *, now: datetime) -> int:
    today = today_of(now)
    last = min(today, shifted(month, 1) - timedelta(days=1))
    rows = measured(kpi, month, parents, now=now)
    settled = shifted(month, 1) + timedelta(days=kpi.settle_days)
    if today >= settled and (not rows[0].gap or today >= settled + LATEST_FREEZE):
        for row in rows:
            row.kind = ReadingKind.FROZEN
        KpiReading.objects.bulk_create(rows, ignore_conflicts=True)
    else:
        KpiReading.objects.filter(kpi=kpi.key, month=month, day=last, kind=ReadingKind.DAILY).delete()
        KpiReading.objects.bulk_create(rows)
    return len(rows)


def open_months(kpi: Kpi, today: date) -> list[date]:
    """The months that were read and are not frozen, and the month of today."""
    readings = KpiReading.objects.filter(kpi=kpi.key, business_unit=HOUSE)
    frozen = readings.filter(kind=ReadingKind.FROZEN).values("month")
    seen = readings.filter(kind=ReadingKind.DAILY).exclude(month__in=frozen).values_list("month", flat=True)
    return sorted({*seen, month_of(today)} - {month for month in seen if month > month_of(today)})


def measured(kpi: Kpi, month: date, parents: dict[int, int | None], *, now: datetime) -> list[KpiReading]:
    """Unsaved readings of a month for the house and for every unit; the first is the house's."""
    zone = timezone.get_default_timezone()
    window = window_of(month, zone, until=now)
    day = min(today_of(now), shifted(month, 1) - timedelta(days=1))
    gap, target = str(kpi.late(window))[:300], target_of(kpi, month)
    sums = rolled_up({} if gap else own(kpi, window), parents)
    return [
        KpiReading(
            kpi=kpi.key,
            business_unit_id=unit,
            month=month,
            day=day,
            part=None if gap else sums[unit].part,
            whole=None if gap else sums[unit].whole,
            records=sums[unit].records,
            gap=gap,
            target=target,
            read_on=today_of(now),
            taken_at=now,
        )
        for unit in [HOUSE, *parents]
    ]


def target_of(kpi: Kpi, month: date) -> Decimal | None:
    """The target that holds in a month: the latest that was set for it or before, else the one it came with."""
    row = KpiTarget.objects.filter(kpi=kpi.key, month__lte=month).order_by("-month", "-pk").first()
    return row.value if row else kpi.target


@transaction.atomic
def backfill(first: date, last: date, *, by: User, reason: str, now: datetime, only: Iterable[Kpi] = ()) -> int:
    """Freeze months that were never frozen, from today's records, as read by a person for a reason. How many readings."""
    allow(denial_to_keep_figures(by))
    one_at_a_time()
    parents, rows = units(), []
    for kpi in list(only) or KPIS.values():
        done = set(
            KpiReading.objects.filter(kpi=kpi.key, kind=ReadingKind.FROZEN, business_unit=HOUSE).values_list(
                "month", flat=True
            )
        )
        for month in between(month_of(first), min(month_of(last), shifted(month_of(today_of(now)), -1))):
            if month not in done:
                rows += measured(kpi, month, parents, now=now)
    for row in rows:
        row.kind, row.taken_by, row.reason = ReadingKind.FROZEN, by, reason
    KpiReading.objects.bulk_create(rows, batch_size=2_000)
    if rows:
        facts = {"first": first.isoformat(), "last": last.isoformat(), "readings": len(rows)}
        audit.record("portal.kpi_backfilled", rows[0], by=by, now=now, reason=reason, facts=facts)
    return len(rows)


@transaction.atomic
def correct(kpi: Kpi, month: date, *, by: User, reason: str, now: datetime) -> int:
    """Read a frozen month again; where it differs now, a correction stands beside what was frozen. How many units differ."""
    allow(denial_to_keep_figures(by))
    one_at_a_time()
    held = KpiReading.objects.filter(kpi=kpi.key, month=month).exclude(kind=ReadingKind.DAILY).standing()
    standing = {row.business_unit_id: row for row in held}
    if not standing:
        raise NothingToCorrect(_("This month is not frozen yet. It is read again by itself until it is."))
    rows = []
    for row in measured(kpi, month, units(), now=now):
        before = standing.get(row.business_unit_id)
        if before is not None and (before.part, before.whole, before.gap) != (row.part, row.whole, row.gap):
            row.kind, row.corrects, row.taken_by, row.reason = ReadingKind.CORRECTION, before, by, reason
            row.target = before.target
            rows.append(row)
    if not rows:
        raise NothingToCorrect(_("Read again today, every figure of this month is as it was frozen."))
    KpiReading.objects.bulk_create(rows)
    changes = {
        str(row.business_unit_id or "house"): [str(row.corrects.part), str(row.part)] for row in rows if row.corrects
    }
    audit.record("portal.kpi_corrected", rows[0], by=by, now=now, reason=reason, changes=changes)
    return len(rows)


@transaction.atomic
def aim(kpi: Kpi, *, value: Decimal | None, reason: str, by: User, now: datetime) -> KpiTarget:
    """A new target from this month on; the months before keep theirs."""
    allow(denial_to_keep_figures(by))
    month = month_of(today_of(now))
    before = target_of(kpi, month)
    target = KpiTarget.objects.create(kpi=kpi.key, value=value, month=month, reason=reason, at=now, by=by)
    KpiReading.objects.filter(kpi=kpi.key, month=month, kind=ReadingKind.DAILY).update(target=value)
    changes = {"target": [None if before is None else str(before), None if value is None else str(value)]}
    audit.record("portal.kpi_target_set", target, by=by, now=now, reason=reason, changes=changes)
    return target


def units() -> dict[int, int | None]:
    return dict(BusinessUnit.objects.order_by("pk").values_list("pk", "parent_id"))


def one_at_a_time() -> None:
    """Two workers, or a person and a worker, never read at once; the lock ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


audit.register(
    portal__kpi_backfilled=audit.Verb(gettext_lazy("Readings back-filled"), "history"),
    portal__kpi_corrected=audit.Verb(gettext_lazy("Readings corrected"), "history", "warn"),
    portal__kpi_target_set=audit.Verb(gettext_lazy("Target set"), "target"),
)
