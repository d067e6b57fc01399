"""Git hosts outside, to which an app's source may be pushed: GitHub, GitLab, Gitea, or any git address that is allowed.

`GIT_REMOTES` names them as kind=https://host/group; the token of each stands in `GIT_REMOTE_TOKENS` as host=token, and is sent
in a header only: it stands in no address, no log and no message."""

import base64
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

SECONDS, LONGEST_ANSWER = 20, 1 << 20
KINDS = ("github", "gitlab", "gitea", "git")


class RemoteError(Exception):
    """The host refused or did not answer. The text is a sentence without a token."""


@dataclass(frozen=True)
class Remote:
    """`group` is the organisation or path below which repositories are made."""

    name: str
    kind: str
    base: str
    group: str
    token: str

    def address(self, slug: str) -> str:
        return f"{self.base}/{self.group}/{slug}.git" if self.group else f"{self.base}/{slug}.git"

    @property
    def header(self) -> str:
        """For git over HTTP."""
        user = {"github": "x-access-token", "gitlab": "oauth2"}.get(self.kind, "trellis")
        return f"Authorization: Basic {base64.b64encode(f'{user}:{self.token}'.encode()).decode()}"


def remotes() -> list[Remote]:
    """Those that the settings name. Raises ValueError for one that is written wrongly."""
    tokens = dict(pair.partition("=")[::2] for pair in settings.GIT_REMOTE_TOKENS)
    found = []
    for text in settings.GIT_REMOTES:
        kind, _equals, url = text.partition("=")
        parts = urlsplit(url)
        if kind not in KINDS or parts.scheme not in ("https", "http") or not parts.hostname:
            raise ValueError(f"GIT_REMOTES: {text} is not kind=https://host/group with one of {', '.join(KINDS)}.")
        base = f"{parts.scheme}://{parts.netloc}"
        group = parts.path.strip("/")
        name = f"{parts.netloc}/{group}" if group else parts.netloc
        found.append(Remote(name, kind, base, group, tokens.get(parts.netloc, "")))
    return found


def make(remote: Remote, slug: str, description: str) -> None:
    """Make the repository, when the host has an API and a token; one that is there already is fine. Raises RemoteError."""
    if remote.kind == "git" or not remote.token:
        return
    url, body = CREATE[remote.kind](remote, slug, description)
    asked(remote, url, body)


def asked(remote: Remote, url: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the host's API answers; nothing when what should be made is there already. Raises RemoteError."""
    head = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "Trellis"}
    head["PRIVATE-TOKEN" if remote.kind == "gitlab" else "Authorization"] = (
        remote.token if remote.kind == "gitlab" else f"token {remote.token}"
    )
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, head)  # noqa: S310  (settings name it)
    try:
        with OPENER.open(request, timeout=SECONDS) as answer:
            return json.loads(answer.read(LONGEST_ANSWER))
    except urllib.error.HTTPError as error:
        said = error.read(2_000).decode(errors="replace").casefold()
        error.close()
        if body is not None and (error.code in (409, 422) or (error.code == 400 and "taken" in said)):
            return {}
        raise RemoteError(
            _("%(host)s refused to make the repository (%(code)d).") % {"host": remote.name, "code": error.code}
        ) from None
    except (urllib.error.URLError, TimeoutError, OSError, ValueError):
        raise RemoteError(_("%(host)s does not answer.") % {"host": remote.name}) from None


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would take the token elsewhere."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


OPENER = urllib.request.build_opener(NoRedirect)


def github(remote: Remote, slug: str, description: str) -> tuple[str, dict[str, Any]]:
    api = "https://api.github.com" if remote.base == "https://github.com" else f"{remote.base}/api/v3"
    return f"{api}/orgs/{quote(remote.group)}/repos", {"name": slug, "description": description, "private": True}


def gitlab(remote: Remote, slug: str, description: str) -> tuple[str, dict[str, Any]]:
    body: dict[str, Any] = {
        "name": slug,
        "path": slug,
        "description": description,
        "visibility": "private",
    }
    if remote.group:  # GitLab takes the group by its number alone
        body["namespace_id"] = asked(remote, f"{remote.base}/api/v4/namespaces/{quote(remote.group, safe='')}")["id"]
    return f"{remote.base}/api/v4/projects", body


def gitea(remote: Remote, slug: str, description: str) -> tuple[str, dict[str, Any]]:
    body = {"name": slug, "description": description, "private": True}
    return f"{remote.base}/api/v1/orgs/{quote(remote.group)}/repos", body


CREATE = {"github": github, "gitlab": gitlab, "gitea": gitea}
