"""A course from a folder or a ZIP."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.text import slugify

from training.actions import courses
from training.courses import archives
from training.courses.source import BadCourse
from training.states import VersionState


class Command(BaseCommand):
    help = "Read a course (a folder or ZIP with course.md and lessons/) as a draft, or publish it at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--slug", help="the course's address; else the name of the folder or file")
        parser.add_argument("--publish", action="store_true")
        parser.add_argument("--material", action="store_true", help="learners and holders move to the new version")
        parser.add_argument("--note", default="", help="what is new")

    def handle(self, *args: Any, path: Path, slug: str | None, publish: bool, **options: Any) -> None:
        slug, now = slug or slugify(path.resolve().stem), timezone.now()
        try:
            files = archives.read_folder(path) if path.is_dir() else archives.unpack(path.read_bytes())
            version = courses.save_draft(slug, files, by=None, now=now)
        except BadCourse as problem:
            raise CommandError("\n".join(problem.problems)) from None
        except OSError as problem:
            raise CommandError(f"{path} cannot be read: {problem.strerror}.") from None
        if version.state == VersionState.PUBLISHED:
            self.stdout.write(f"{slug}: unchanged, version {version.number}.")
            return
        if publish:
            courses.publish(version, is_material=options["material"], note=options["note"], by=None, now=now)
        self.stdout.write(f"{slug}: version {version.number} is {'published' if publish else 'a draft'}.")
