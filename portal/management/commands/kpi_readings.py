"""Reads the figures of months that were never read, from today's records, or those of this hour."""

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.actions import readings
from portal.models import User


class Command(BaseCommand):
    help = "Take the readings of this hour, or with --first and --last those of months that were never frozen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--first", help="the first month, as 2026-01")
        parser.add_argument("--last", help="the last month, as 2026-06; the first one unless told")
        parser.add_argument("--by", help="the address of the member of staff who asks for it")
        parser.add_argument("--reason", default="", help="why; it stands in the audit log and beside each reading")

    def handle(self, *, first: str | None, last: str | None, by: str | None, reason: str, **options: Any) -> None:
        now = timezone.now()
        if first is None:
            self.stdout.write(f"{readings.take(now=now):,} readings taken.")
            return
        if not by or not reason.strip():
            raise CommandError("Say who asks for it (--by ADDRESS) and why (--reason TEXT): both are kept.")
        person = User.objects.people().filter(email=by).first()
        if person is None:
            raise CommandError(f"Nobody here has the address {by}.")
        try:
            found = readings.backfill(month(first), month(last or first), by=person, reason=reason, now=now)
        except PermissionDenied as denial:
            raise CommandError(str(denial)) from None
        self.stdout.write(f"{found:,} readings frozen; months that were frozen before stay as they are.")


def month(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  (a month, not a moment)
    except ValueError:
        raise CommandError(f"“{text}” is no month. Write it as 2026-01.") from None
