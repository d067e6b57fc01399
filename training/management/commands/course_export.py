"""A course to a folder or a ZIP, byte for byte as it came in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from training.actions import courses
from training.courses import archives
from training.models import Course


class Command(BaseCommand):
    help = "Write the published version of a course to PATH: a ZIP if it ends in .zip, else a folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, slug: str, path: Path, **options: Any) -> None:
        course = Course.objects.select_related("current").filter(slug=slug, current__isnull=False).first()
        if course is None or course.current is None:
            known = ", ".join(Course.objects.exclude(current=None).values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no published course {slug}. There is: {known}.")
        files = courses.files_of(course.current)
        if path.suffix == ".zip":
            path.write_bytes(archives.pack(files))
        else:
            archives.write_folder(files, path)
        self.stdout.write(f"{slug}: {len(files)} files of version {course.current.number} are in {path}.")
