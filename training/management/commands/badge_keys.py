"""Make a file of badge keys, or add a key to it: the new one signs from the next start on."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from training import keyring
from training.badges import keys
from training.badges.keys import BadKeys


class Command(BaseCommand):
    help = "Make FILE with a new key for badges, or add a key to it (rotation). Keep it secret; back it up."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            found = keys.load(file.read_text()) if file.exists() else []
            name = keyring.next_name(found)
            keyring.write(file, [*found, keys.generate(name)])
        except (BadKeys, OSError) as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(f"The key {name} is in {file} and signs from the next start on. Set BADGE_KEYS_FILE to it.")
