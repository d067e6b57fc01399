import os
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.local.home import LocalError, home
from portal.local.site import Site


def port_number(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise ArgumentTypeError(f"{text} is not a port. Use a number from 1 to 65535.")


class Command(BaseCommand):
    help = "Run the whole site on this machine: PostgreSQL, Valkey, web, worker and beat. Ctrl-C ends it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=port_number, default=8000, help="of http://127.0.0.1 (8000)")
        parser.add_argument("--no-demo", action="store_true", help="no demo data, and no one-click sign-in")
        parser.add_argument("--reset", action="store_true", help="delete this checkout's local data first")
        parser.add_argument("--yes", action="store_true", help="do not ask before --reset")

    def handle(self, *, port: int, no_demo: bool, reset: bool, yes: bool, **options: Any) -> None:
        site = Site(home(), port=port, demo=not no_demo, say=self.say)
        try:
            site.claim_home()
            if reset:
                self.confirm_reset(site, yes)
                site.reset()
            code = site.run()
        except LocalError as error:
            raise CommandError(str(error)) from None
        if code:
            raise SystemExit(code)

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()

    def confirm_reset(self, site: Site, yes: bool) -> None:
        if "DATABASE_URL" in os.environ:
            raise CommandError("--reset deletes local data only. DATABASE_URL names another database: unset it first.")
        if yes:
            return
        try:
            answer = input(f"Delete all local data in {site.base}? Type yes: ")
        except EOFError:
            raise CommandError("Nobody is there to answer. Add --yes to delete without a question.") from None
        if answer.strip().lower() != "yes":
            raise CommandError("Nothing was deleted.")
