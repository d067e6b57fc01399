"""Questions of a GIFT file into the draft of a course."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from training.actions import courses, gift
from training.courses.source import BadCourse
from training.models import Course


class Command(BaseCommand):
    help = "Bring the questions of a GIFT file into the draft of a course. What is left out is named with its line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--course", required=True, help="the address of the course")

    def handle(self, *args: Any, file: Path, course: str, **options: Any) -> None:
        row = Course.objects.select_related("current").filter(slug=course).first()
        if row is None:
            raise CommandError(f"There is no course {course}.")
        version = row.versions.order_by("-number").first()
        try:
            text = file.read_bytes().decode("utf-8-sig")
            brought = gift.bring_in(courses.files_of(version) if version else {}, text)
            courses.save_draft(course, brought.files, by=None, now=timezone.now())
        except BadCourse as problem:
            raise CommandError("\n".join(problem.problems)) from None
        except OSError as problem:
            raise CommandError(f"{file} cannot be read: {problem.strerror}.") from None
        except UnicodeDecodeError:
            raise CommandError(f"{file} is not UTF-8. Save it as UTF-8.") from None
        for one in brought.left_out:
            self.stderr.write(gift.said(one))
        self.stdout.write(f"{course}: {brought.added} questions are in the draft, {len(brought.left_out)} left out.")
