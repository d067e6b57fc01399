"""Working through a file, batch by batch. The dry run is the real run, rolled back batch by batch."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Count, Max

from approvals import rules
from catalog.actions.import_batches import Memory, Setting, row_of, settle
from catalog.importing import readers
from catalog.importing.columns import Mapping
from catalog.importing.found import Found
from catalog.models import ImportFile, ImportRow, ImportRun
from portal.models import User

BATCH = 500
Progress = Callable[[int, int], None]


def found_in(run: ImportRun) -> Iterator[Found]:
    """Everything in the run's file, in order, always the same. Raises BadFile."""
    content = bytes(ImportFile.objects.get(run=run).content)
    return readers.read(run.kind, content, encoding=run.encoding, mapping=Mapping.of(run.mapping))


def process(run: ImportRun, *, dry: bool, by: User, now: datetime, progress: Progress | None = None) -> dict[str, int]:
    """Settle every row that is not settled yet and return how many ended how. May be called again after a crash.

    A dry run starts over: what its earlier batches made is not there to build on. Raises BadFile."""
    if dry:
        ImportRow.objects.filter(run=run, dry=True).delete()
    done = ImportRow.objects.filter(run=run, dry=dry).aggregate(last=Max("number"))["last"] or 0
    total = sum(1 for _found in found_in(run))
    setting, memory = Setting(run, by, now, rules.standing("risk").values), Memory()
    founds = found_in(run)
    for found in islice(founds, done):
        if not found.refusal:
            memory.met.setdefault(found.external_id, found.number)
    while batch := list(islice(founds, BATCH)):
        if progress is not None:
            progress(done, total)
        process_batch(batch, setting, memory, dry=dry)
        done += len(batch)
    if progress is not None:
        progress(done, total)
    return counts(run, dry=dry)


def process_batch(batch: list[Found], setting: Setting, memory: Memory, *, dry: bool) -> None:
    """One transaction: a batch and its lines stand or fall together, so that a rerun neither skips nor repeats."""
    if dry:
        with transaction.atomic():
            cases = settle(batch, setting, memory)
            transaction.set_rollback(True)
        ImportRow.objects.bulk_create([row_of(case, setting.run, dry=True) for case in cases])
        return
    with transaction.atomic():
        ImportRun.objects.select_for_update().get(pk=setting.run.pk)
        cases = settle(batch, setting, memory)
        ImportRow.objects.bulk_create([row_of(case, setting.run, dry=False) for case in cases])


def counts(run: ImportRun, *, dry: bool) -> dict[str, int]:
    """How many rows ended how."""
    rows = ImportRow.objects.filter(run=run, dry=dry).values("outcome").annotate(n=Count("pk")).order_by("outcome")
    return {row["outcome"]: row["n"] for row in rows}
