"""The questions of a course as a GIFT file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from training.gift import writer
from training.models import Course
from training.questions import codec


class Command(BaseCommand):
    help = "Write the questions of a published course as GIFT. What GIFT cannot carry is named."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--course", required=True, help="the address of the course")

    def handle(self, *args: Any, file: Path, course: str, **options: Any) -> None:
        row = Course.objects.select_related("current").filter(slug=course, current__isnull=False).first()
        if row is None or row.current is None:
            raise CommandError(f"There is no published course {course}.")
        written = writer.write([codec.read(question.content) for question in row.current.questions.all()])
        file.write_text(written.text)
        for item in written.skipped:
            self.stderr.write(f"Left out, because GIFT cannot carry it: {item.key}")
        self.stdout.write(f"{course}: {row.current.questions.count() - len(written.skipped)} questions are in {file}.")
