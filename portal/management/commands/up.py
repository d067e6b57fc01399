from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.local import site
from portal.local.home import LocalError, home


class Command(BaseCommand):
    help = "Run the whole site on this machine: PostgreSQL, Valkey, web, worker and beat. Ctrl-C ends it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="of http://127.0.0.1 (8000)")
        parser.add_argument("--no-demo", action="store_true", help="no demo data, and no one-click sign-in")
        parser.add_argument("--reset", action="store_true", help="delete this checkout's local data first")
        parser.add_argument("--yes", action="store_true", help="do not ask before --reset")

    def handle(self, *, port: int, no_demo: bool, reset: bool, yes: bool, **options: Any) -> None:
        base = home()
        try:
            site.refuse_taken_port(port)
            if reset and (yes or self.confirms(f"Delete all local data in {base}?")):
                site.reset(base)
            code = site.Site(base, port=port, demo=not no_demo, say=self.stdout.write).run()
        except LocalError as error:
            raise CommandError(str(error)) from None
        if code:
            raise SystemExit(code)

    def confirms(self, question: str) -> bool:
        try:
            answer = input(f"{question} Type yes: ")
        except EOFError:
            raise CommandError("Nobody is there to answer. Add --yes to delete without a question.") from None
        if answer.strip().lower() != "yes":
            raise CommandError("Nothing was deleted.")
        return True
