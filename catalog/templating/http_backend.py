"""Git's own http-backend as a child: clone, fetch and push over HTTP, on a repository in a folder of ours."""

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from catalog.templating import git, jail, push_check

SECONDS, LONGEST_BODY = 90, 30 << 20
# Before anything is taken, git asks this program; what it says is told to whoever pushes.
PRE_RECEIVE = f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -I {shlex.quote(push_check.__file__)}\n"
SETTINGS = {
    "transfer.hideRefs": "refs/trellis",
    "receive.fsckObjects": "true",
    "receive.maxInputSize": str(LONGEST_BODY),
    "http.getanyfile": "false",
    "gc.auto": "0",
}


@dataclass(frozen=True)
class Asked:
    """A request of a git client. `path` is what stands behind the repository's name."""

    method: str
    path: str
    query: str
    content_type: str
    encoding: str
    protocol: str
    body: bytes


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def serve(repository: Path, asked: Asked, *, user: str, may_push: bool) -> Answer:
    hooks = repository.parent / "hooks"
    hooks.mkdir(exist_ok=True)
    (hooks / "pre-receive").write_text(PRE_RECEIVE)
    (hooks / "pre-receive").chmod(0o755)
    for key, value in {**SETTINGS, "http.receivepack": str(may_push).lower()}.items():
        git.git(repository, "config", key, value)
    env = {
        "GIT_PROJECT_ROOT": str(repository.parent),
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_INFO": f"/{repository.name}/{asked.path}",
        "REQUEST_METHOD": asked.method,
        "QUERY_STRING": asked.query,
        "CONTENT_TYPE": asked.content_type,
        "CONTENT_LENGTH": str(len(asked.body)),
        "HTTP_CONTENT_ENCODING": asked.encoding,
        "GIT_PROTOCOL": asked.protocol,
        "REMOTE_USER": user,
        "REMOTE_ADDR": "portal",
        "GIT_CONFIG_VALUE_1": str(hooks),
    }
    outcome = jail.run(
        ["git", "http-backend"], cwd=repository.parent, stdin=asked.body, seconds=SECONDS, megabytes=4_096, env=env
    )
    if outcome.stopped:
        return Answer(413 if outcome.stopped == "size" else 503, {"Content-Type": "text/plain"}, b"")
    return parse(outcome.output)


def parse(output: bytes) -> Answer:
    """A CGI answer: headers, an empty line, the body."""
    head, _empty, body = output.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode("latin-1").split("\r\n") if ": " in line)
    status = int(headers.pop("Status", "200").split(" ")[0])
    return Answer(status, headers, body)
