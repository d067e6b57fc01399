"""Load the demo: Halden, a made-up retailer with eight months of history."""

from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from catalog.demo import company, discoveries, figures, history, incidents, templates
from catalog.demo.apps import seeds
from portal.models import User


class Command(BaseCommand):
    help = "Load the demo company into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are people already")

    def handle(self, *args: Any, if_empty: bool, verbosity: int, **options: Any) -> None:
        with transaction.atomic():  # all of it or nothing: a killed load leaves an empty database
            if User.objects.exists():
                if if_empty:
                    return
                raise CommandError("There are people in this database already. The demo needs an empty one.")
            self.load(timezone.now(), verbosity)

    def load(self, now: datetime, verbosity: int) -> None:
        started = timezone.now()
        people = company.load(now - timedelta(days=history.DAYS))
        history.live(people, now, lambda month: self.stdout.write(f"  {month}") if verbosity > 1 else None)
        discoveries.load(people["ana.kovac"], now - timedelta(days=2))
        templates.build(people, now)
        incidents.happen(people, now)
        figures.read(people["ana.kovac"], now)
        if verbosity:
            seconds = (timezone.now() - started).total_seconds()
            self.stdout.write(f"Demo loaded: {len(people)} people, {len(seeds())} apps, in {seconds:.0f} s.")
