"""Fetching a template's repository from an address that the settings allow. Nothing else is ever asked for anything."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.templating import jail

SECONDS = 120


class FetchError(Exception):
    """It could not be fetched. The text is a sentence without addresses of ours."""


def prefix_of(url: str) -> str | None:
    """The allowed address that this one lies below; None when there is none. Compared by its parts, never as a text."""
    try:
        asked = urlsplit(url)
        port = asked.port
    except ValueError:
        return None
    odd = asked.username or asked.password or asked.query or asked.fragment or "\\" in url or "%" in url
    if asked.scheme not in ("https", "http") or odd or ".." in asked.path.split("/") or any(c.isspace() for c in url):
        return None
    for prefix in settings.TEMPLATE_GIT_URLS:
        allowed = urlsplit(prefix)
        below = allowed.path.rstrip("/") + "/"
        same = (asked.scheme, asked.hostname, port) == (allowed.scheme, allowed.hostname, allowed.port)
        if same and asked.path.startswith(below):
            return prefix
    return None


def fetch(url: str, folder: Path) -> Path:
    """A bare copy with every branch and tag. Raises FetchError."""
    if prefix_of(url) is None:
        allowed = ", ".join(settings.TEMPLATE_GIT_URLS) or _("none")
        raise FetchError(
            _("Templates are fetched only from addresses that the portal allows: %(allowed)s.") % {"allowed": allowed}
        )
    path = folder / "fetched.git"
    command = [
        "git",
        "-c",
        "http.followRedirects=false",
        "clone",
        "-q",
        "--bare",
        "--no-recurse-submodules",
        "--",
        url,
        str(path),
    ]
    scheme = urlsplit(url).scheme
    outcome = jail.run(
        command, cwd=folder, seconds=SECONDS, megabytes=4_096, env={"GIT_ALLOW_PROTOCOL": scheme, "GIT_ASKPASS": "true"}
    )
    if outcome.stopped == "time":
        raise FetchError(_("The address did not answer in time. Try again later."))
    if outcome.stopped == "size":
        raise FetchError(_("The repository is too large."))
    if outcome.code:
        raise FetchError(
            _("There is no repository at this address, or it asks for a password. Check it and try again.")
        )
    return path
