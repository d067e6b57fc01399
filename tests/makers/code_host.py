"""A code host on 127.0.0.1 for tests: its API makes repositories, and git pushes to them, each with the right token only."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from catalog.templating import git
from tests.makers.git_host import GitHost, Handler

TOKEN = "s3cret"
NAMESPACE = {"id": 7, "full_path": "templates"}


@dataclass
class CodeHost(GitHost):
    """`made` are the bodies of what the API was asked to make; `answers` replaces the status of the next ones."""

    made: list[dict[str, Any]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    @property
    def place(self) -> str:
        return self.url.removeprefix("http://")


class CodeHandler(Handler):
    host: CodeHost

    def do_GET(self) -> None:
        if self.path.startswith("/api/v4/namespaces/"):
            self.answer(200 if self.is_known else 401, NAMESPACE)
        elif not self.is_known:
            self.answer(401, {})
        else:
            super().do_GET()

    def do_POST(self) -> None:
        if not self.is_known:
            self.answer(401, {})
        elif self.path.startswith("/api/"):
            self.make(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        else:
            super().do_POST()

    @property
    def is_known(self) -> bool:
        head = self.headers.get("Authorization", "")
        secret = base64.b64decode(head[6:]).decode().partition(":")[2] if head.startswith("Basic ") else ""
        return TOKEN in (secret, head.removeprefix("token "), self.headers.get("PRIVATE-TOKEN", ""))

    def make(self, body: dict[str, Any]) -> None:
        self.host.asked.append(self.path)
        self.host.made.append(body)
        place = self.host.folder / f"{body['name']}.git"
        status = self.host.answers.pop(0) if self.host.answers else 409 if place.exists() else 201
        if status == 201:
            git.git(git.make(self.host.folder, place.name), "config", "http.receivepack", "true")
        self.answer(status, {"message": "has already been taken"} if status == 409 else {"id": 1})

    def answer(self, status: int, body: dict[str, Any]) -> None:
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", "Basic")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())


@contextmanager
def code_host(folder: Path) -> Iterator[CodeHost]:
    host = CodeHost(folder)

    class Bound(CodeHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args)

    Bound.host = host
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
    host.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
