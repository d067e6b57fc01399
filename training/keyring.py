"""The issuer's keys of this site: read once from the environment or a file."""

import os
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from training.badges import keys
from training.badges.keys import SigningKey


@cache
def keyring() -> tuple[SigningKey, ...]:
    """All keys, the one that signs last. Raises BadKeys when they cannot be read."""
    if settings.BADGE_KEYS or settings.PRODUCTION:
        return tuple(keys.load(settings.BADGE_KEYS))
    if not settings.LOCAL_BADGE_KEYS.exists():
        write_new(settings.LOCAL_BADGE_KEYS)
    return tuple(keys.load(settings.LOCAL_BADGE_KEYS.read_text()))


def current() -> SigningKey:
    return keyring()[-1]


def write_new(path: Path) -> None:
    """A file with one key, for this user's eyes only. Two processes at once make one file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    spare = path.with_suffix(f".{os.getpid()}")
    write(spare, [keys.generate(next_name([]))])
    try:
        os.link(spare, path)  # fails when the file is there by now
    except FileExistsError:
        pass
    finally:
        spare.unlink()


def write(path: Path, found: list[SigningKey]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(keys.dump(found))


def next_name(found: list[SigningKey]) -> str:
    """The year and a number: 2026-1, 2026-2."""
    year, taken = timezone.now().year, {key.name for key in found}
    return next(name for number in range(1, 1000) if (name := f"{year}-{number}") not in taken)
