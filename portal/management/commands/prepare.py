from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from portal.models import User
from portal.models.user import Role


class Command(BaseCommand):
    help = "Bring a site to this release: migrate the database, collect the static files. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the demo data if there are none, and name people")

    def handle(self, *, demo: bool, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if demo and "demo" in get_commands():
            call_command("demo", "--if-empty")
        call_command("collectstatic", interactive=False, verbosity=0)
        if demo:
            for line in people_to_try():
                self.stdout.write(line)


def people_to_try() -> list[str]:
    """One active person of each role, and a maker without any."""
    people = User.objects.people().order_by("id")
    found = [(people.in_role(role).first(), str(role.label)) for role in Role]
    found.append((people.filter(groups=None, is_superuser=False).first(), _("Maker")))
    return [f"  {label:<16} {person.name} <{person.email}>" for person, label in found if person]
