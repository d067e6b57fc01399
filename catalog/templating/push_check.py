"""Git's pre-receive hook of an app's repository: what is pushed is looked at before any of it is taken.

Git runs this file as a child of its own, without Django. What it prints, git tells whoever pushes; 1 at the end refuses it."""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from catalog.templating import tree_rules  # noqa: E402

NOTHING, MAIN, HEADS, TAGS = "0" * 40, "refs/heads/main", "refs/heads/", "refs/tags/"
MOST_REFS = 100


def refusal(lines: Iterable[str]) -> str:
    """Why these changes (old, new and ref on each line) are not taken; empty when they are."""
    changes = [line.split() for line in lines]
    if len(changes) > MOST_REFS:
        return f"More than {MOST_REFS} branches and tags at once. Push fewer."
    seen: set[str] = set()
    for old, new, ref in changes:
        why = of_ref(old, new, ref) or ("" if new in seen or new == NOTHING else of_files(new))
        if why:
            return why
        seen.add(new)
    return ""


def of_ref(old: str, new: str, ref: str) -> str:
    """The main branch only grows and tags stay; other branches are their makers' own."""
    if not ref.startswith((HEADS, TAGS)):
        return f"Only branches and tags are taken, not {ref}."
    if old == NOTHING or not (ref == MAIN or ref.startswith(TAGS)):
        return ""
    if new == NOTHING:
        return f"{ref} stays: the main branch and tags cannot be deleted."
    if ref.startswith(TAGS):
        return f"{ref} is there already, and tags stay as they are. Take another name."
    if git("merge-base", "--is-ancestor", old, new).returncode:
        return "The main branch holds changes that yours lacks. Pull them in, then push again."
    return ""


def of_files(revision: str) -> str:
    listed = git("ls-tree", "-r", "-l", "-z", "--full-tree", revision)
    if listed.returncode:
        return "A branch or tag points to something that is no commit. Push commits only."
    folder = tree_rules.Folder()
    for mode, size, path in entries(listed.stdout):
        kind = tree_rules.problem_of_mode(mode) or folder.add(path, size)
        if kind:
            return tree_rules.SAID[kind] % tree_rules.parameters(kind, path)
    return ""


def entries(listed: bytes) -> Iterator[tuple[str, int, str]]:
    """Mode, size and path of each entry."""
    for line in filter(None, listed.split(b"\x00")):
        head, _tab, path = line.partition(b"\t")
        mode, _kind, _name, size = head.decode().split()
        yield mode, int(size) if size.isdigit() else 0, path.decode(errors="replace")


def git(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(["git", *arguments], capture_output=True, check=False)  # noqa: S603, S607


if __name__ == "__main__":
    said = refusal(sys.stdin)
    if said:
        sys.stdout.buffer.write(f"{said} Nothing was changed.\n".encode())
        sys.exit(1)
