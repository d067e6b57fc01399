"""Gives any `manage.py` command the servers it needs, so that nothing ever asks for a set-up step."""

import atexit
import os
import subprocess
import sys

import psycopg

from .home import ROOT, LocalError, locked
from .servers import Servers

WITHOUT_SERVERS = {
    "build_icons",
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "startapp",
    "statediagram",
    "up",  # starts them itself, after it has looked at the port
    "version",
}
ASKS_FOR_HELP = {"-h", "--help", "--version"}
KEEPS_TABLES_ITSELF = {"makemigrations", "migrate", "prepare", "showmigrations", "sqlmigrate"}


def prepare(arguments: list[str]) -> None:
    """Put into the environment what `manage.py arguments` runs on. A site that names its own servers is left alone."""
    command = arguments[0] if arguments else "help"
    if command == "up":
        os.environ["TRELLIS_ENV"] = "local"
    elif "DATABASE_URL" not in os.environ:
        os.environ.setdefault("TRELLIS_ENV", "local")
    if os.environ.get("TRELLIS_ENV") != "local" or command in WITHOUT_SERVERS or ASKS_FOR_HELP & set(arguments):
        return
    if {"DATABASE_URL", "BROKER_URL"} <= os.environ.keys():
        return
    servers = Servers()
    atexit.register(servers.leave)
    try:
        os.environ |= servers.environment()
        if command not in KEEPS_TABLES_ITSELF:
            make_tables(servers)
    except LocalError as error:
        sys.exit(f"{error}")


def make_tables(servers: Servers) -> None:
    """Migrate a database that was never used. One with tables is the developer's to migrate."""
    with locked(servers.base / "setup.lock"):
        with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
            row = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
        if row and row[0] is None:
            sys.stderr.write(f"Preparing the local database in {servers.base} (first use) ...\n")
            subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)
