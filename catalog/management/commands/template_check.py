from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog import app_words
from catalog.templating import app_tests, render, tree
from catalog.templating.lint import lint
from catalog.templating.tree import BadTree


class Command(BaseCommand):
    help = "Look at a template's folder as the portal will: read it, render it with its defaults and examples, run its tests."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            files = tree.read(folder)
        except BadTree as error:
            raise CommandError(str(error)) from None
        found = lint(files)
        for one in [*found.problems, *found.warnings]:
            self.stdout.write(f"{one.file}:{one.line} {one.sentence}" if one.file else one.sentence)
        if found.problems:
            raise CommandError(f"{len(found.problems)} to put right.")
        words = app_words.words(app_words.sample(**found.metadata["touches"]), slug="sample-app")
        examples = [("defaults", {}), *((one["name"], one["answers"]) for one in found.metadata["examples"])]
        origin = render.Origin("", "1.0.0")
        made = render.render_all(files, [{**answers, "app": words} for _name, answers in examples], origin=origin)
        failed = 0
        for (name, _answers), app in zip(examples, made, strict=True):
            tested = app_tests.run(app) if isinstance(app, dict) else None
            failed += tested is None or tested.state == app_tests.FAILED
            said = str(app) if tested is None else f"{len(app)} files, tests {tested.state}"  # type: ignore[arg-type]
            self.stdout.write(f"{name}: {said}")
            if tested is not None and tested.said:
                self.stdout.write(tested.said)
        if failed:
            raise CommandError(f"{failed} of {len(examples)} failed.")
