"""Bodies of the import jobs."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.actions import import_runs, import_usage, imports
from catalog.importing.found import BadFile
from catalog.models import ImportRun
from catalog.models.import_run import ImportState
from portal import jobs
from portal.models import Job


@jobs.body("catalog.check_import")
def check_import(job: Job, run_id: int) -> dict[str, Any]:
    return work(job, run_id, ImportState.CHECKED, _("Reading and comparing, nothing is written"))


@jobs.body("catalog.apply_import")
def apply_import(job: Job, run_id: int) -> dict[str, Any]:
    return work(job, run_id, ImportState.APPLIED, _("Importing"))


def work(job: Job, run_id: int, end: ImportState, step: str) -> dict[str, Any]:
    """Process the file to its end. A file that turns out unreadable ends the run with a sentence, without a retry."""
    run = ImportRun.objects.select_related("by").get(pk=run_id)
    by, now = job.by or run.by, timezone.now()
    process = import_usage.process if imports.is_usage(run) else import_runs.process

    def progress(done: int, total: int) -> None:
        jobs.advance(job, step=step, progress=done, total=total)

    try:
        counts = process(run, dry=end == ImportState.CHECKED, by=by, now=now, progress=progress)
    except BadFile as error:
        imports.finish(run, ImportState.FAILED, counts={}, by=by, now=now, error=str(error))
        raise jobs.Refused(str(error)) from None
    imports.finish(run, end, counts=counts, by=by, now=timezone.now())
    return counts
