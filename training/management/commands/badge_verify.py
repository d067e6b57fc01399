"""Say in one sentence whether a badge is good."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from training.actions import credentials
from training.badges.published import BadPublished, Published
from training.badges.verification import verify


class Command(BaseCommand):
    help = "Verify a badge (VC-JWT, JSON with a proof, baked SVG or PNG). Exits 0 only for a valid one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--issuer", type=Path, help="what the issuer publishes at /badges/issuer/, saved as a file")

    def handle(self, *args: Any, file: Path, issuer: Path | None, **options: Any) -> None:
        now = timezone.now()
        try:
            if issuer:
                published = Published.load(issuer.read_text())
            else:
                published = credentials.published(now=now, base=credentials.signing_base())
            verdict = verify(file.read_bytes(), published, now=now)
        except (OSError, BadPublished) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(verdict.sentence)
        if not verdict.is_valid:
            sys.exit(1)
