"""The result of an import as a file."""

import csv
from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from catalog.models import ImportRow, ImportRun
from catalog.models.import_run import ImportState
from catalog.views.imports import for_staff, found
from portal.http import Request

HEADER = ("row", "name", "outcome", "what_happened", "app", "discovery")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Echo:
    """A file that gives each line back."""

    def write(self, text: str) -> str:
        return text


def harmless(text: str) -> str:
    """Text that a spreadsheet shows and never computes."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) or text.startswith(FORMULA) else text


@require_safe
@for_staff
def import_rows_csv(request: Request, pk: int) -> StreamingHttpResponse:
    run = found(pk)
    response = StreamingHttpResponse(lines(run), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{run.pk}.csv"'
    return response


def lines(run: ImportRun) -> Iterator[str]:
    """The dry run's lines until the import has begun, then its own."""
    dry = run.state not in (ImportState.APPLYING, ImportState.APPLIED)
    rows = ImportRow.objects.filter(run=run, dry=dry).select_related("app", "discovery").order_by("number")
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(HEADER)
    for row in rows.iterator(chunk_size=2_000):
        app = row.app.slug if row.app else ""
        discovery = str(row.discovery_id or "")
        yield writer.writerow([row.number, harmless(row.name), row.outcome, harmless(row.sentence), app, discovery])
