"""A throw-away database beside the configured one, migrated, and dropped at the end whatever happens."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection


@contextmanager
def throw_away(name: str = "") -> Iterator[str]:
    """Point this process at a fresh database; yields its DATABASE_URL for child processes."""
    home, name = connection.settings_dict["NAME"], name or f"bench_{os.getpid()}"
    parts = urlsplit(settings.DATABASE_URL)
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    enter(name)
    try:
        call_command("migrate", verbosity=0, interactive=False)
        yield urlunsplit(parts._replace(path=f"/{name}"))
    finally:
        enter(home)
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def enter(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
