"""Read settings from the environment, loudly: a wrong or missing value stops the start and says what to do."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str | None = None) -> str:
    """The value of `name`, or of the file that `name`_FILE points to (for mounted secrets).

    Raises ImproperlyConfigured when neither is set and there is no default."""
    if value := os.environ.get(name):
        return value
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE={path} cannot be read: {error.strerror}.") from None
    if default is None:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it in the environment, or point {name}_FILE at a file that holds it."
        )
    return default


def flag(name: str, default: bool = False) -> bool:
    """A yes or no; anything else stops the start."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value} is neither yes nor no. Use 1 or 0.")


def number(name: str, default: int) -> int:
    """A whole number, zero or more."""
    value = os.environ.get(name)
    if value is None:
        return default
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name}={value} is not a whole number.")
    return int(value)


def web_address(name: str) -> str:
    """An address that begins with http:// or https://, or nothing."""
    value = text(name, "")
    if value and urlsplit(value).scheme not in ("http", "https"):
        raise ImproperlyConfigured(f"{name}={value} is no web address. It begins with https://.")
    return value


def choice(name: str, options: list[str], default: str) -> str:
    """One of `options`."""
    value = os.environ.get(name, default)
    if value not in options:
        raise ImproperlyConfigured(f"{name}={value} is unknown. Use one of: {', '.join(options)}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty parts."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def cache_beside(broker: str) -> str | None:
    """The logical database after the broker's, so that clearing the cache never empties the queue.

    None, which makes CACHE_URL a must, when the broker is no Redis or names no database in its path."""
    parts = urlsplit(broker)
    number = parts.path.removeprefix("/") or "0"
    if parts.scheme not in ("redis", "rediss") or not number.isdigit():
        return None
    return urlunsplit(parts._replace(path=f"/{int(number) + 1}"))


def database(url: str, *, pool: bool) -> dict[str, Any]:
    """Django's DATABASES entry for a postgresql:// address; query parameters become libpq options."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(
            "DATABASE_URL must begin with postgresql://. Trellis runs on PostgreSQL 15 or newer only."
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    if pool:
        options["pool"] = {"min_size": 1, "max_size": 10, "timeout": 5}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
    }
