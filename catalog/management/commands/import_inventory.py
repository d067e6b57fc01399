"""Import a file of apps from the command line, with or without writing anything."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from catalog.actions import import_runs, import_usage, imports
from catalog.importing import readers
from catalog.importing.columns import Mapping
from catalog.importing.found import BadFile
from catalog.models.import_run import ImportKind, ImportState
from portal.models import User


class Command(BaseCommand):
    help = "Import a file of apps: every row ends created, updated, unchanged, kept as a discovery, or refused."
    kinds = [kind.value for kind in ImportKind if kind != ImportKind.USAGE]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--by", required=True, metavar="EMAIL", help="the C4E staff member who answers for the import"
        )
        parser.add_argument("--source", required=True, help="short name of the source system, e.g. power-platform")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, only count")
        if self.kinds:
            parser.add_argument("--kind", required=True, choices=self.kinds)
            parser.add_argument(
                "--mapping", type=Path, metavar="JSON", help='{"columns": {…}, "fixed": {…}, "key": […]}'
            )

    def handle(self, *, files: list[Path], by: str, source: str, dry_run: bool, **options: Any) -> None:
        user = User.objects.people().filter(email__iexact=by).first()
        if user is None:
            raise CommandError(f"Nobody here has the e-mail {by}.")
        kind, now = options.get("kind") or ImportKind.USAGE.value, timezone.now()
        try:
            uploads = [(path.name, path.read_bytes()) for path in files]
            run = imports.upload(kind=kind, files=uploads, source_system=source, by=user, now=now)
            if options.get("mapping"):
                mapping = Mapping.of(json.loads(options["mapping"].read_text("utf-8")))
                header = readers.table(kind, uploads[0][1], run.encoding).header if kind in readers.TABLES else []
                run = imports.map_columns(run, mapping=mapping, header=header, by=user, now=now)
            process = import_usage.process if imports.is_usage(run) else import_runs.process
            imports.begin(run, ImportState.CHECKING if dry_run else ImportState.APPLYING)
            counts = process(run, dry=dry_run, by=user, now=now, progress=self.progress)
        except (OSError, ValueError, BadFile) as error:
            raise CommandError(str(error)) from None
        end = ImportState.CHECKED if dry_run else ImportState.APPLIED
        imports.finish(run, end, counts=counts, by=user, now=timezone.now())
        self.stdout.write(
            f"{run.file_name}: " + (", ".join(f"{n:,} {name}" for name, n in counts.items()) or "no rows")
        )

    def progress(self, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done:,} of {total:,} rows", ending="")
