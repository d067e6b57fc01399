"""Fetch the vendored browser files again, exactly as static/vendor/vendor.json pins them.

To move to a new version, change version and file names there, run with --accept, and read the difference."""

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

PINS = Path("static", "vendor", "vendor.json")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def fetch(name: str, version: str, folder: Path) -> Path:
    """The package's tarball, by the configured npm client, which checks its integrity."""
    done = subprocess.run(
        ["npm", "pack", f"{name}@{version}", "--silent"], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandError(f"npm could not fetch {name} {version}: {done.stderr.strip()}")
    return folder / done.stdout.split()[-1]


def member(tarball: Path, path: str) -> bytes:
    with tarfile.open(tarball) as archive:
        try:
            file = archive.extractfile(f"package/{path}")
        except KeyError:
            file = None
        if file is None:
            raise CommandError(f"{tarball.name} holds no file {path}.")
        return file.read()


class Command(BaseCommand):
    help = "Fetch the vendored browser files and check them against static/vendor/vendor.json"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--accept", action="store_true", help="write the digests of what was fetched into vendor.json"
        )

    def handle(self, *args: Any, accept: bool = False, **options: Any) -> None:
        if shutil.which("npm") is None:
            raise CommandError("npm is not on PATH. Only this command needs it; the site and its tests do not.")
        root: Path = settings.BASE_DIR
        packages = json.loads((root / PINS).read_text())
        with tempfile.TemporaryDirectory() as folder:
            for package in packages:
                tarball = fetch(package["name"], package["version"], Path(folder))
                for target, pin in package["files"].items():
                    self.place(root / target, member(tarball, pin["from"]), pin, accept)
        (root / PINS).write_text(json.dumps(packages, indent=2) + "\n")

    def place(self, target: Path, data: bytes, pin: dict[str, str], accept: bool) -> None:
        digest = sha256(data)
        if accept:
            pin["sha256"] = digest
        if pin.get("sha256") != digest:
            raise CommandError(f"{target.name} is not the file that was vendored. Look at it, then use --accept.")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.stdout.write(f"{digest[:12]}  {len(data):>7}  {target.name}")
