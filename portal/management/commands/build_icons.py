"""Draw static/icons.svg from the PyPI package `lucide` (a development dependency only)."""

import re
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.icons import NAMES

BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
LICENCE = "<!-- Icons by Lucide (ISC; parts from Feather, MIT): https://lucide.dev/license -->"


class Command(BaseCommand):
    help = "Build the icon sprite from the names in portal/icons.py"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            import lucide  # noqa: PLC0415  (only developers have it)
        except ImportError:
            raise CommandError("The package lucide is missing. Install the development requirements.") from None
        target = settings.BASE_DIR / "static" / "icons.svg"
        with zipfile.ZipFile(Path(lucide.__file__).parent / "lucide.zip") as archive:
            if unknown := [name for name in NAMES if f"{name}.svg" not in archive.namelist()]:
                raise CommandError(f"Lucide has no icon named {', '.join(unknown)}.")
            symbols = [symbol(name, archive.read(f"{name}.svg").decode()) for name in NAMES]
        target.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{LICENCE}\n' + "\n".join(symbols) + "\n</svg>\n")
        self.stdout.write(f"{len(symbols)} icons, {target.stat().st_size} bytes")


def symbol(name: str, svg: str) -> str:
    match = BODY.search(svg)
    if match is None:
        raise CommandError(f"{name}.svg of the package lucide is not an SVG drawing.")
    body = re.sub(r"\s*\n\s*", "", match.group(1))
    return f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>'
