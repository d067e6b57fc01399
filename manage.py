#!/usr/bin/env python3
"""Django's manage.py. On a machine with only Python it makes .venv from requirements.txt and re-runs itself there."""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK, VENV = ROOT / "requirements.txt", ROOT / ".venv"
PYTHON, STAMP = VENV / "bin" / "python", VENV / ".requirements.sha256"


def wanted() -> str:
    """What .venv must hold; the folder is part of it, because a moved checkout leaves old paths behind."""
    return hashlib.sha256(LOCK.read_bytes() + bytes(ROOT)).hexdigest()


def is_current() -> bool:
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted()


def install() -> None:
    """Make .venv hold exactly requirements.txt, checked by hash. Of two at once the second waits and finds it done."""
    with LOCK.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_current():
            return
        print(f"Setting up {VENV} (first run, or requirements.txt changed) ...", file=sys.stderr, flush=True)
        try:
            fill_with_uv(uv) if (uv := shutil.which("uv")) else fill_with_pip()
        except subprocess.CalledProcessError as error:
            sys.exit(
                f"{VENV} could not be set up; `{error.cmd[0]}` says why above."
                " Python's venv module (Debian: apt-get install python3-venv) or uv is needed, and a package index."
            )
        ask = [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
        site = subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip()
        Path(site, "trellis.pth").write_text(f"{ROOT}\n")
        STAMP.write_text(wanted())


def fill_with_uv(uv: str) -> None:
    if not PYTHON.exists():
        subprocess.run([uv, "venv", "-q", "--clear", "--python", sys.executable, str(VENV)], check=True)
    subprocess.run([uv, "pip", "sync", "-q", "--python", str(PYTHON), "--require-hashes", str(LOCK)], check=True)


def fill_with_pip() -> None:
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=True)
    pip = [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-input"]
    subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)


def enter_venv() -> None:
    """Continue inside .venv, unless the caller has an environment of their own (`uv run`, a container image)."""
    inside = Path(sys.prefix) == VENV
    someone_elses = sys.prefix != sys.base_prefix and importlib.util.find_spec("django") is not None
    if "TRELLIS_NO_BOOTSTRAP" in os.environ or (inside and is_current()) or (someone_elses and not inside):
        return
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
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from portal.local import commands

    commands.prepare(sys.argv[1:])
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as reason:
        sys.exit(str(reason))


if __name__ == "__main__":
    main()
