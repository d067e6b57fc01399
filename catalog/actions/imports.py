"""An import from upload to result: upload, columns, dry run, application."""

import hashlib
import posixpath
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.importing import readers, safe_zip
from catalog.importing.columns import Mapping, propose
from catalog.importing.found import BadFile
from catalog.importing.tables import Table, header_digest
from catalog.importing.texts import tidy
from catalog.models import ColumnMapping, ImportFile, ImportRun
from catalog.models.import_run import IMPORT_TRANSITIONS, ImportKind, ImportState
from portal import audit
from portal.jobs import enqueue
from portal.models import Job, User
from portal.permissions import allow, denial_to_use_console
from portal.states import InvalidTransition

SAMPLE = 300
Upload = tuple[str, bytes]


@transaction.atomic
def upload(
    *, kind: str, files: list[Upload], source_system: str, by: User, now: datetime, encoding: str = ""
) -> ImportRun:
    """Keep the file and propose its columns. Several files become one ZIP. Raises BadFile with a sentence."""
    allow(denial_to_use_console(by))
    name, content = files[0] if len(files) == 1 else (several_name(files), safe_zip.pack(files))
    if not content.strip():
        raise BadFile(_("The file is empty."))
    run = ImportRun(
        kind=kind,
        file_name=tidy(posixpath.basename(name.replace("\\", "/")))[:200] or "file",
        digest=hashlib.sha256(content).hexdigest(),
        source_system=source_system,
        encoding=encoding,
        at=now,
        by=by,
    )
    if kind in readers.TABLES:
        table = readers.table(kind, content, encoding)
        run.encoding, run.mapping = table.encoding, remembered(table).stored()
    run.save()
    ImportFile.objects.create(run=run, content=content)
    audit.record("catalog.import_uploaded", run, by=by, now=now, facts={"file": run.file_name, "digest": run.digest})
    return run


def several_name(files: list[Upload]) -> str:
    return _("%(first)s and %(more)d more") % {"first": files[0][0], "more": len(files) - 1}


def remembered(table: Table) -> Mapping:
    """The columns as last settled for this very header, else a proposal by their names."""
    kept = ColumnMapping.objects.filter(header_digest=header_digest(table.header)).first()
    return Mapping.of(kept.mapping).fitting(table.header) if kept else propose(table.header, islice(table.rows, SAMPLE))


@transaction.atomic
def map_columns(run: ImportRun, *, mapping: Mapping, header: list[str], by: User, now: datetime) -> ImportRun:
    """Settle which column is which field, and remember it for the next file with this header."""
    allow(denial_to_use_console(by))
    run = locked(run)
    if run.state not in (ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED):
        raise InvalidTransition(
            _("This import is under way, so its columns can no longer be changed. Upload the file again.")
        )
    before, run.mapping = run.mapping, mapping.stored()
    run.save(update_fields=["mapping"])
    if header:
        ColumnMapping.objects.update_or_create(
            header_digest=header_digest(header), defaults={"mapping": run.mapping, "at": now, "by": by}
        )
    if changes := audit.changes_between(before, run.mapping):
        audit.record("catalog.import_mapped", run, by=by, now=now, changes=flat(changes))
    return run


def flat(changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {key: [audit.plain(part) for part in pair] for key, pair in changes.items()}


def start_check(run: ImportRun, *, by: User, now: datetime) -> ImportRun:
    """Begin the dry run as a job, or begin it again after its job ended without a result."""
    title = gettext_lazy("Dry run of %(file)s")
    return start(run, ImportState.CHECKING, "catalog.check_import", str(title), by=by, now=now)


def start_application(run: ImportRun, *, by: User, now: datetime) -> ImportRun:
    """Begin the import as a job, or go on with it after its job ended without a result."""
    title = gettext_lazy("Import of %(file)s")
    return start(run, ImportState.APPLYING, "catalog.apply_import", str(title), by=by, now=now)


@transaction.atomic
def start(run: ImportRun, state: ImportState, body: str, title: str, *, by: User, now: datetime) -> ImportRun:
    allow(denial_to_use_console(by))
    run = locked(run)
    job = Job.objects.filter(pk=run.job_id).first() if run.job_id else None
    busy = run.state == state and job is not None and not job.is_over
    if busy or state not in IMPORT_TRANSITIONS[run.state]:
        raise InvalidTransition(
            _("The import “%(file)s” is at “%(state)s” by now. Look at its page.")
            % {"file": run.file_name, "state": run.get_state_display()}
        )
    run.state, run.error = state, ""
    run.job = enqueue(
        body, by=by, title=(title % {"file": run.file_name})[:200], result_url=run.get_absolute_url(), run_id=run.pk
    )
    run.save(update_fields=["state", "error", "job"])
    verb = "catalog.import_checked" if state == ImportState.CHECKING else "catalog.import_started"
    audit.record(verb, run, by=by, now=now, facts={"file": run.file_name, "digest": run.digest})
    return run


@transaction.atomic
def finish(
    run: ImportRun, state: ImportState, *, counts: dict[str, int], by: User | None, now: datetime, error: str = ""
) -> None:
    """Write down how a dry run, an import or a failure ended."""
    run = locked(run)
    if run.state == state:
        return  # its job was run twice
    run.state, run.error = state, error
    if state == ImportState.CHECKED:
        run.dry_counts = counts
    elif state == ImportState.APPLIED:
        run.counts, run.applied_at = counts, now
    run.save(update_fields=["state", "error", "dry_counts", "counts", "applied_at"])
    if state == ImportState.APPLIED:
        audit.record("catalog.import_applied", run, by=by, now=now, facts={"file": run.file_name, **counts})


def begin(run: ImportRun, state: ImportState) -> None:
    """Mark a run as under way without a job, for a command that works in its own process."""
    ImportRun.objects.filter(pk=run.pk).update(state=state)


def locked(run: ImportRun) -> ImportRun:
    [fresh] = ImportRun.objects.select_for_update(of=("self",)).filter(pk=run.pk)
    return fresh


def has_columns(run: ImportRun) -> bool:
    return run.kind in readers.TABLES


def is_usage(run: ImportRun) -> bool:
    return run.kind == ImportKind.USAGE


audit.register(
    catalog__import_uploaded=audit.Verb(gettext_lazy("File uploaded"), "file-up"),
    catalog__import_mapped=audit.Verb(gettext_lazy("Columns settled"), "table-2"),
    catalog__import_checked=audit.Verb(gettext_lazy("Dry run started"), "play"),
    catalog__import_started=audit.Verb(gettext_lazy("Import started"), "play", "info"),
    catalog__import_applied=audit.Verb(gettext_lazy("Imported"), "circle-check", "ok"),
)
