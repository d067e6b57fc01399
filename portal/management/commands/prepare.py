from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from portal import demo_people
from portal.models import User


class Command(BaseCommand):
    help = "Bring a site to this release: migrate the database, collect the static files. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the demo data if there are none, and name people")

    def handle(self, *, demo: bool, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if demo and "demo" in get_commands():
            if not User.objects.exists():
                self.stderr.write("Loading the demo data (first time only) ...")
            call_command("demo", "--if-empty", stdout=self.stderr)  # standard output is for the people to try
        if "starters" in get_commands():
            call_command("starters", stdout=self.stderr)
        if "template_starters" in get_commands() and User.objects.people().filter(is_superuser=True).exists():
            call_command("template_starters", stdout=self.stderr)
        call_command("collectstatic", interactive=False, verbosity=0)
        if demo:
            for person in demo_people.present():
                self.stdout.write(f"  {person.user.name:<14} {person.user.email:<28} {person.part}")
