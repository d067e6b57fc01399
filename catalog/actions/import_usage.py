"""Usage files: days and visitors into the rollups, and until when each signal is complete."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.actions import usage as rollups
from catalog.actions.import_runs import Progress
from catalog.importing import usage as reader
from catalog.importing.usage import UsageLine
from catalog.models import ImportFile, ImportRow, ImportRun, MicroApp
from catalog.models.import_run import Outcome
from portal.models import User

BATCH = 5_000


def lines_in(run: ImportRun) -> Iterator[UsageLine]:
    return reader.read(bytes(ImportFile.objects.get(run=run).content), run.encoding)


def process(run: ImportRun, *, dry: bool, by: User, now: datetime, progress: Progress | None = None) -> dict[str, int]:
    """Load the whole file; days that are there already count once, so a rerun starts over. Raises BadFile.

    Only refused lines get a line of their own in the result; the others are counted."""
    ImportRow.objects.filter(run=run, dry=dry).delete()
    total = sum(1 for _line in lines_in(run))
    lines, done, tally = lines_in(run), 0, Counter[str]()
    reports: dict[str, UsageLine] = {}
    while batch := list(islice(lines, BATCH)):
        if progress is not None:
            progress(done, total)
        process_batch(run, batch, tally, reports, dry=dry)
        done += len(batch)
    with transaction.atomic():
        for line in reports.values():
            rollups.report_complete(line.signal, until=line.until, since=line.since, rows_seen=done, now=now)  # type: ignore[arg-type]
        transaction.set_rollback(dry)
    if progress is not None:
        progress(done, total)
    return dict(tally)


def process_batch(
    run: ImportRun, batch: list[UsageLine], tally: Counter[str], reports: dict[str, UsageLine], *, dry: bool
) -> None:
    apps = apps_named({line.app for line in batch if line.app}, run.source_system)
    days, visitors, refused = [], [], []
    for line in batch:
        problem = line.refusal
        if not problem and line.until is not None:
            reports[line.signal] = line
            tally[Outcome.UPDATED] += 1
        elif not problem and line.app not in apps:
            problem = _("Row %(row)d: no app has the address or number “%(app)s”.") % {
                "row": line.number,
                "app": line.app,
            }
        elif not problem and line.visitor:
            visitors.append(rollups.VisitorRow(apps[line.app], line.visitor, line.day))  # type: ignore[arg-type]
        elif not problem:
            days.append(rollups.DayRow(apps[line.app], line.signal, line.day, line.users, line.events))  # type: ignore[arg-type]
        if problem:
            refused.append(
                ImportRow(
                    run=run,
                    number=line.number,
                    dry=dry,
                    name=line.app[:200],
                    outcome=Outcome.REFUSED,
                    sentence=problem[:500],
                )
            )
    with transaction.atomic():
        written = rollups.record_days(days) + rollups.record_visitors(visitors)
        transaction.set_rollback(dry)
    tally[Outcome.CREATED] += written
    tally[Outcome.UNCHANGED] += max(0, len(days) + len(visitors) - written)
    tally[Outcome.REFUSED] += len(refused)
    ImportRow.objects.bulk_create(refused)


def apps_named(refs: set[str], source: str) -> dict[str, int]:
    """The app of each address or number; a number of the same source wins."""
    rows = MicroApp.objects.filter(Q(slug__in=refs) | Q(external_id__in=refs)).values_list(
        "pk", "slug", "external_id", "source_system"
    )
    found: dict[str, int] = {}
    for pk, slug, number, _system in sorted(rows, key=lambda row: row[3] == source):
        if number in refs and number:
            found[number] = pk
        found.setdefault(slug, pk)
    return {ref: found[ref] for ref in refs if ref in found}
