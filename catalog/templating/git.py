"""Git on bare repositories in folders that only we write, without a work tree: so no hook, no filter and no config of what is
inside ever runs."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from catalog.templating import jail
from catalog.templating.tree import BadTree, File, Tree, refuse
from catalog.templating.tree_rules import Folder, problem_of_mode

MAIN, TEMPLATE = "refs/heads/main", "refs/trellis/template"
LONGEST_BUNDLE = 30 << 20
PLAIN, EXECUTABLE = "100644", "100755"
COMMIT = re.compile(r"[0-9a-f]{40}")
NOT_IN_NAME, NOT_IN_EMAIL = re.compile(r"[<>\n\x00]"), re.compile(r"[<> \n\x00]")


class GitError(Exception):
    """Git refused. The text is for the log; what people read is said by who calls."""


@dataclass(frozen=True)
class Author:
    name: str
    email: str
    at: datetime

    def line(self, word: str) -> str:
        name, email = NOT_IN_NAME.sub("", self.name) or "Trellis", NOT_IN_EMAIL.sub("", self.email)
        return f"{word} {name} <{email}> {int(self.at.timestamp())} +0000\n"


def git(
    repository: Path, *arguments: str, stdin: bytes = b"", accept: tuple[int, ...] = (0,), seconds: float = 60
) -> bytes:
    """What git printed. Raises GitError unless it ended with one of `accept`."""
    outcome = jail.run(
        ["git", "--git-dir", str(repository), *arguments], cwd=repository, stdin=stdin, seconds=seconds, megabytes=4_096
    )
    if outcome.stopped or outcome.code not in accept:
        raise GitError(f"{arguments[:2]}: {outcome.stopped} {outcome.errors.decode(errors='replace')[-500:]}")
    return outcome.output


def make(folder: Path, name: str = "repository.git") -> Path:
    """A new empty bare repository."""
    path = folder / name
    path.mkdir()
    git(path, "init", "-q", "--bare", "--initial-branch=main")
    return path


def commit(repository: Path, ref: str, tree: Tree, *, message: str, author: Author, parents: Iterable[str] = ()) -> str:
    """Commit these files, and no others, to `ref`. The commit."""
    parts: list[bytes] = [
        f"commit {ref}\nmark :1\n".encode(),
        author.line("author").encode(),
        author.line("committer").encode(),
    ]
    parts.append(data(message.encode()))
    for number, parent in enumerate(parents):
        parts.append(f"{'merge' if number else 'from'} {parent}\n".encode())
    parts.append(b"deleteall\n")
    for path, file in sorted(tree.items()):
        mode = EXECUTABLE if file.executable else PLAIN
        parts += [f"M {mode} inline {quoted(path)}\n".encode(), data(file.content)]
    parts.append(b"\nget-mark :1\ndone\n")
    out = git(repository, "fast-import", "--quiet", "--force", "--done", "--cat-blob-fd=1", stdin=b"".join(parts))
    found = COMMIT.search(out.decode())
    if found is None:
        raise GitError("fast-import gave no commit")
    return found[0]


def data(content: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(content), content)


def quoted(path: str) -> str:
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def read(repository: Path, revision: str) -> dict[str, File]:
    """The files of a commit. Raises BadTree at a link or a submodule, which have no content of their own."""
    listed = [
        line for line in git(repository, "ls-tree", "-r", "-l", "-z", "--full-tree", revision).split(b"\x00") if line
    ]
    entries, folder = [], Folder()
    for line in listed:
        head, _tab, raw = line.partition(b"\t")
        mode, _kind, blob, size = head.decode().split()
        path = raw.decode(errors="replace")
        refuse(problem_of_mode(mode) or folder.add(path, int(size)), path)  # before any content is read
        entries.append((path, blob, mode == EXECUTABLE))
    contents = blobs(repository, [blob for _path, blob, _executable in entries])
    return {path: File(contents[blob], executable) for path, blob, executable in entries}


def blobs(repository: Path, names: list[str]) -> dict[str, bytes]:
    if not names:
        return {}
    out = git(repository, "cat-file", "--batch", stdin="".join(f"{name}\n" for name in dict.fromkeys(names)).encode())
    found, at = {}, 0
    while at < len(out):
        end = out.index(b"\n", at)
        name, _kind, size = out[at:end].decode().split(" ")
        found[name] = out[end + 1 : end + 1 + int(size)]
        at = end + 2 + int(size)
    return found


def head(repository: Path, ref: str = MAIN) -> str:
    """The commit of `ref`; empty when there is none."""
    return git(repository, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}", accept=(0, 1)).decode().strip()


def refs(repository: Path) -> dict[str, str]:
    """Every ref and its commit."""
    lines = git(repository, "for-each-ref", "--format=%(refname) %(objectname) %(*objectname)").decode().splitlines()
    return {parts[0]: parts[-1] for line in lines if (parts := line.split())}


def point(repository: Path, ref: str, commit: str) -> None:
    git(repository, "update-ref", ref, commit)


def bundle(repository: Path) -> bytes:
    """Every ref with all it needs, as one file."""
    content = git(repository, "bundle", "create", "-q", "-", "--all")
    if len(content) > LONGEST_BUNDLE:
        raise BadTree(
            _("The repository is larger than %(limit)d MB. Take large files out of its history.")
            % {"limit": LONGEST_BUNDLE >> 20}
        )
    return content


def unbundle(folder: Path, content: bytes, name: str = "repository.git") -> Path:
    """A bare repository with every ref of the bundle. Raises GitError when it is none."""
    path, file = make(folder, name), folder / f"{name}.bundle"
    file.write_bytes(content)
    git(
        path,
        "fetch",
        "-q",
        "--no-tags",
        "--no-write-fetch-head",
        "--no-recurse-submodules",
        str(file),
        "+refs/*:refs/*",
    )
    file.unlink()
    return path


@dataclass(frozen=True)
class Merge:
    """`tree` is a tree object, with conflict markers where `conflicts` says. Each conflict: path and what kind it is."""

    tree: str
    conflicts: Mapping[str, str]


def merge(repository: Path, ours: str, theirs: str) -> Merge:
    """Merge two commits without touching either; git finds where they parted, follows renames, and names every conflict."""
    out = git(repository, "merge-tree", "--write-tree", "--name-only", "-z", ours, theirs, accept=(0, 1))
    tree, *rest = out.decode(errors="replace").split("\x00")
    if not rest or rest == [""]:
        return Merge(tree.strip(), {})
    names: list[str] = []
    while rest and rest[0]:
        names.append(rest.pop(0))
    return Merge(tree.strip(), messages(rest[1:], names))


def messages(fields: list[str], names: list[str]) -> dict[str, str]:
    """Path and kind of each conflict, out of git's own messages: count, paths, kind, text, and again."""
    kinds = dict.fromkeys(names, "content")
    at = 0
    while at < len(fields) and fields[at].strip().isdigit():
        count = int(fields[at])
        paths, kind = fields[at + 1 : at + 1 + count], fields[at + 1 + count]
        if kind.startswith("CONFLICT"):
            for path in paths:
                if path in kinds:
                    kinds[path] = kind.removeprefix("CONFLICT (").rstrip(")")
        at += count + 3
    return kinds


def commit_tree(repository: Path, ref: str, tree: str, *, message: str, author: Author, parents: Iterable[str]) -> str:
    """Commit a tree that is in the repository already."""
    moment = f"{int(author.at.timestamp())} +0000"
    said = {"NAME": author.name, "EMAIL": author.email, "DATE": moment}
    who = {f"GIT_{part}_{key}": value for part in ("AUTHOR", "COMMITTER") for key, value in said.items()}
    asked = [part for parent in parents for part in ("-p", parent)]
    outcome = jail.run(
        ["git", "--git-dir", str(repository), "commit-tree", tree, *asked, "-F", "-"],
        cwd=repository, stdin=message.encode(), env=who,
    )  # fmt: skip
    if not outcome.is_fine:
        raise GitError(outcome.errors.decode(errors="replace"))
    made = outcome.output.decode().strip()
    point(repository, ref, made)
    return made


def copy_of(repository: Path, folder: Path, wanted: Mapping[str, str]) -> Path:
    """Another repository with only these refs (name and commit) and what they rest on. The first one loses its refs."""
    for ref in refs(repository):
        git(repository, "update-ref", "-d", ref)
    for ref, commit in wanted.items():
        point(repository, ref, commit)
    path = make(folder, "copy.git")
    git(path, "fetch", "-q", "--no-tags", "--no-write-fetch-head", str(repository), "+refs/*:refs/*")
    return path


def is_ancestor(repository: Path, older: str, newer: str) -> bool:
    try:
        git(repository, "merge-base", "--is-ancestor", older, newer)
    except GitError:
        return False
    return True
