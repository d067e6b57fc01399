"""Fetching a template's repository from an address that the settings allow. Nothing else is ever asked for anything."""

import signal
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.templating import jail

SECONDS = 120
PORTS = {"https": 443, "http": 80}
CUT_OFF = (
    b"signal %d" % signal.SIGXFSZ,
    b"invalid index-pack output",
)  # its own child reached the limit of a file's size
NEVER = frozenset("@\\%?#;")  # a user, a query, or a way to write another address as this one


class FetchError(Exception):
    """It could not be fetched. The text is a sentence without addresses of ours."""


@dataclass(frozen=True)
class Place:
    """An address by its parts. The port is always said, and no part of the path is empty, “.” or “..”."""

    scheme: str
    host: str
    port: int
    path: tuple[str, ...]

    def holds(self, other: "Place") -> bool:
        """Does the other lie below this one?"""
        same = (self.scheme, self.host, self.port) == (other.scheme, other.host, other.port)
        return same and len(other.path) > len(self.path) and other.path[: len(self.path)] == self.path


def place_of(url: str) -> Place | None:
    """None for anything but a plain http or https address."""
    if not url.isascii() or not url.isprintable() or " " in url or NEVER & set(url):
        return None
    try:
        asked = urlsplit(url)
        port = asked.port
    except ValueError:
        return None
    path = tuple(asked.path.removesuffix("/").split("/")[1:])
    if asked.scheme not in PORTS or not asked.hostname or any(part in ("", ".", "..") for part in path):
        return None
    return Place(asked.scheme, asked.hostname, port or PORTS[asked.scheme], path)


def prefix_of(url: str) -> str | None:
    """The allowed address that this one lies below; None when there is none. Compared by its parts, never as a text."""
    asked = place_of(url)
    if asked is None:
        return None
    allowed = ((prefix, place_of(prefix)) for prefix in settings.TEMPLATE_GIT_URLS)
    return next((prefix for prefix, place in allowed if place is not None and place.holds(asked)), None)


def fetch(url: str, folder: Path) -> Path:
    """A bare copy with every branch and tag. Raises FetchError."""
    if prefix_of(url) is None:
        allowed = ", ".join(settings.TEMPLATE_GIT_URLS) or _("none")
        raise FetchError(
            _("Templates are fetched only from addresses that the portal allows: %(allowed)s.") % {"allowed": allowed}
        )
    path = folder / "fetched.git"
    # A redirect, or alternates that a server names, would lead to an address that nobody allowed.
    command = ["git", "-c", "http.followRedirects=false", "-c", "transfer.bundleURI=false", "clone", "-q", "--bare"]
    command += ["--no-recurse-submodules", "--", url, str(path)]
    env = {"GIT_ALLOW_PROTOCOL": urlsplit(url).scheme, "GIT_ASKPASS": "true"}
    outcome = jail.run(command, cwd=folder, seconds=SECONDS, megabytes=4_096, env=env)
    if outcome.stopped == "time":
        raise FetchError(_("The address did not answer in time. Try again later."))
    if outcome.stopped == "size" or any(said in outcome.errors for said in CUT_OFF):
        raise FetchError(_("The repository is too large, or damaged. Take large files out of its history."))
    if outcome.code:
        raise FetchError(
            _("There is no repository at this address, or it asks for a password. Check it and try again.")
        )
    return path
