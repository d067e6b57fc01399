from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from approvals.actions.policy_imports import apply
from approvals.engine import bundle
from portal.models import User


class Command(BaseCommand):
    help = "Make a draft of every policy in a folder, a .rego file, a ZIP or a tar.gz. Nothing comes in force by it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--by", required=True, help="the e-mail address of the C4E staff member who imports them")

    def handle(self, *, path: Path, by: str, **options: Any) -> None:
        user = User.objects.people().filter(email__iexact=by).first()
        if user is None:
            raise CommandError(f"Nobody active is known as {by}. Give the address of somebody of the C4E staff.")
        if not path.exists():
            raise CommandError(f"There is nothing at {path}.")
        try:
            found = bundle.read_folder(path) if path.is_dir() else bundle.read(path.name, path.read_bytes())
        except bundle.BadBundle as error:
            raise CommandError(str(error)) from None
        for line in apply(found, by=user, now=timezone.now()):
            self.stdout.write(f"{line.found.slug}: {line.outcome}{f' ({line.problem})' if line.problem else ''}")
        for name, reason in found.unused:
            self.stdout.write(f"left out: {name} ({reason})")
