"""A git host on 127.0.0.1 for tests: git's own http-backend, plain files for dumb clones, and a list of what was asked."""

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from catalog.templating import git, tree
from catalog.templating.tree import Tree

IDENTITY = ["git", "-c", "user.name=a", "-c", "user.email=a@b.c"]


@dataclass
class GitHost:
    """`smart` below /templates/ and `dumb` below /dumb/ serve the same repositories. `asked` are the paths, as they came."""

    folder: Path
    url: str = ""
    asked: list[str] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)
    waits: float = 0  # seconds before each answer

    def add(self, name: str, trees: dict[str, Tree], *, gitlink: str = "", link: str = "") -> Path:
        """A repository with one tag for each version. `gitlink` is a submodule's address, `link` a symbolic link's target."""
        work, bare = self.folder / f"{name}.work", self.folder / f"{name}.git"
        call(self.folder, "init", "-q", "-b", "main", str(work))
        for number, files in trees.items():
            tree.write(files, work)
            if gitlink:
                (work / ".gitmodules").write_text(f'[submodule "sub"]\n\tpath = sub\n\turl = {gitlink}\n')
                call(work, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},sub")
            if link and not (work / "link").is_symlink():
                (work / "link").symlink_to(link)
            call(work, "add", "-A", "--", ".", *([":!sub"] if gitlink else []))
            call(work, "commit", "-q", "-m", number)
            call(work, "tag", f"v{number}")
        call(self.folder, "clone", "-q", "--bare", str(work), str(bare))
        git.git(bare, "update-server-info")
        return bare


def call(folder: Path, *words: str) -> None:
    subprocess.run([*IDENTITY, *words], cwd=folder, check=True, capture_output=True)


class Handler(SimpleHTTPRequestHandler):
    host: GitHost

    def log_message(self, *args: Any) -> None:
        """Nothing: what was asked is kept."""

    def do_GET(self) -> None:
        self.host.asked.append(self.path)
        time.sleep(self.host.waits)
        if to := self.host.redirects.get(self.path.split("/")[1]):
            self.send_response(302)
            self.send_header("Location", to + self.path.split("/", 2)[2])
            self.end_headers()
        elif self.path.startswith("/templates/"):
            self.backend(b"")
        else:
            self.path = self.path.removeprefix("/dumb").partition("?")[0]
            super().do_GET()

    def do_POST(self) -> None:
        self.host.asked.append(self.path)
        self.backend(self.rfile.read(int(self.headers["Content-Length"])))

    def backend(self, body: bytes) -> None:
        path, _mark, query = self.path.partition("?")
        env = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.host.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path.removeprefix("/templates"),
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        said = subprocess.run(["git", "http-backend"], input=body, env=env, capture_output=True, check=False).stdout
        head, _empty, content = said.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(headers.pop("Status", "200").split(" ")[0]))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # git has enough
            self.wfile.write(content)


@contextmanager
def git_host(folder: Path) -> Iterator[GitHost]:
    host = GitHost(folder)

    class Bound(Handler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(folder))

    Bound.host = host
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bound)
    host.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
