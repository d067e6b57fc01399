from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import yaml
from django.core.management.base import BaseCommand, CommandError

from catalog.starters.compose import KINDS, VERSIONS, compose
from catalog.templating.metadata import FILE


class Command(BaseCommand):
    help = "Begin a template: a folder that works, made of the shipped one of its kind, to be changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="what the marketplace will call it")
        parser.add_argument("folder", type=Path)
        parser.add_argument("--kind", choices=KINDS, default="form")

    def handle(self, *args: Any, name: str, folder: Path, kind: str, **options: Any) -> None:
        if folder.exists() and any(folder.iterdir()):
            raise CommandError(f"{folder} is not empty. Name a new folder.")
        for path, content in compose(kind, VERSIONS[-1]).items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        described = yaml.safe_load((folder / FILE).read_text())
        described |= {"name": name[:60], "release": {"security": False, "notes": "- The first version."}}
        (folder / FILE).write_text(yaml.safe_dump(described, sort_keys=False, allow_unicode=True))
        self.stdout.write(f"{folder} is a working template. Next:")
        self.stdout.write(f"  1. change {FILE}, copier.yml and what is below template/")
        self.stdout.write(f"  2. manage.py template_check {folder}")
        self.stdout.write("  3. pack the folder as a ZIP, and bring it at /templates/new/ as version 1.0.0")
