"""A badge as a file, to try verifiers with."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from training.models import Award
from training.views.awards import FORMS, content_of


class Command(BaseCommand):
    help = "Write one of the valid badges of this site to FILE: .svg, .png, .jwt or .json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        form = file.suffix.lower().lstrip(".")
        if form not in FORMS:
            raise CommandError(f"Name the file .{', .'.join(FORMS)}.")
        now = timezone.now()
        found = Award.objects.counting(now).filter(valid_until__gt=now).with_names().order_by("pk")
        award = found.filter(credentials__revoked_at=None, credentials__isnull=False).first()
        credential = award.credentials.filter(revoked_at=None).first() if award else None
        if award is None or credential is None:
            raise CommandError("Nobody holds a valid badge here. Finish a course first, or load the demo.")
        content = content_of(award, credential, form)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.stdout.write(f"The badge {award.certification} is in {file}.")
