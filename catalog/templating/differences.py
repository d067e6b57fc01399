"""What differs between two commits, and what was committed lately."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from catalog.templating.git import git


def diff(repository: Path, before: str, after: str, *paths: str) -> str:
    """The difference as a unified patch, renames found; it applies with `git apply`."""
    arguments = [
        "diff",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "-M",
        "--binary",
        "--full-index",
        before,
        after,
    ]
    return git(repository, *arguments, "--", *paths).decode(errors="replace")


@dataclass(frozen=True)
class Change:
    """`kind` is A, M, D or R; `before` is the old name of a renamed file, else the same."""

    kind: str
    path: str
    before: str


def changes(repository: Path, before: str, after: str) -> list[Change]:
    out = git(repository, "diff", "--name-status", "-M", "-z", before, after).decode(errors="replace").split("\x00")
    found, at = [], 0
    while at < len(out) - 1:
        kind = out[at][0]
        step = 3 if kind in "RC" else 2
        found.append(Change(kind, out[at + step - 1], out[at + 1]))
        at += step
    return found


@dataclass(frozen=True)
class Commit:
    number: str
    author: str
    at: datetime
    message: str


def log(repository: Path, revision: str, most: int) -> list[Commit]:
    """The latest commits, the newest first."""
    out = git(repository, "log", f"-{most}", "--format=%H%x1f%an%x1f%ct%x1f%s%x1e", revision).decode(errors="replace")
    rows = [line.strip("\n").split("\x1f") for line in out.split("\x1e") if line.strip()]
    return [Commit(number, author, datetime.fromtimestamp(int(at), UTC), said) for number, author, at, said in rows]
