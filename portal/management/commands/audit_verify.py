"""`manage.py audit_verify`: is the audit log as it was sealed?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal import verifying


class Command(BaseCommand):
    help = (
        "Read the whole audit log and name the first event that was altered, moved, deleted or inserted since it was "
        "sealed. Ends with 1 when there is one."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--export", type=Path, metavar="FILE", help="first write the log with its seals to FILE")
        parser.add_argument("--file", type=Path, metavar="FILE", help="check an export instead of the database")
        parser.add_argument(
            "--expect", default="", metavar="DIGEST", help="a block's digest noted earlier, which must still be there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["file"]:
                with options["file"].open("rb") as lines:
                    tally = verifying.verify(verifying.parts_of_file(lines), expected=options["expect"])
            else:
                tally = self.database(options["export"], options["expect"])
        except verifying.Broken as broken:
            raise CommandError(str(broken), returncode=1) from None
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be used: {error.strerror}.", returncode=2) from None
        self.stdout.write(tally.sentence())

    @transaction.atomic
    def database(self, target: Path | None, expected: str) -> verifying.Tally:
        if target:
            with target.open("xb") as out:
                lines = verifying.export(out)
            self.stderr.write(f"{target}: {lines} lines written.")
        return verifying.verify(verifying.parts(), expected=expected)
