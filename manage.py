#!/usr/bin/env python3
"""Django's manage.py. On a machine with only Python it makes .venv from requirements.txt and re-runs itself there."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK, VENV = ROOT / "requirements.txt", ROOT / ".venv"
PYTHON, STAMP = VENV / "bin" / "python", VENV / ".requirements.sha256"


def locked() -> str:
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def is_current() -> bool:
    return STAMP.exists() and STAMP.read_text() == locked()


def install() -> None:
    """Make .venv hold exactly requirements.txt, checked by hash."""
    print(f"Setting up {VENV} (first run, or requirements.txt changed) ...", file=sys.stderr, flush=True)
    if uv := shutil.which("uv"):
        if not PYTHON.exists():
            subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(VENV)], check=True)
        subprocess.run([uv, "pip", "sync", "-q", "--python", str(PYTHON), "--require-hashes", str(LOCK)], check=True)
    else:
        if not PYTHON.exists():
            subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input"]
        subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
    site = subprocess.run(
        [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    Path(site, "trellis.pth").write_text(f"{ROOT}\n")
    STAMP.write_text(locked())


def enter_venv() -> None:
    """Continue inside .venv, unless a caller's own environment (`uv run`, a container image) already has Django."""
    inside = Path(sys.prefix) == VENV
    if inside or "TRELLIS_NO_BOOTSTRAP" in os.environ:
        if inside and not is_current():
            install()
            os.execv(PYTHON, [str(PYTHON), *sys.argv])
        return
    try:
        import django  # noqa: F401
    except ImportError:
        if not is_current():
            install()
        os.execv(PYTHON, [str(PYTHON), *sys.argv])


def main() -> None:
    if sys.version_info < (3, 11):
        sys.exit("Trellis needs Python 3.11 or newer.")
    enter_venv()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if sys.argv[1:2] == ["test"]:
        import pytest

        sys.exit(pytest.main(["-n", "auto", "--dist", "loadgroup", *sys.argv[2:]]))
    from django.core.management import execute_from_command_line

    from portal.local import commands

    commands.prepare(sys.argv[1:])

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
