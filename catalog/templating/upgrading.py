"""The merge of an app with a newer rendering of its template, in words: nothing that a maker wrote goes unnoticed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from catalog.templating import differences, git
from catalog.templating.git import Author
from catalog.templating.tree import Tree

MINE = "your-app"


@dataclass(frozen=True)
class Plan:
    """`base` is the commit of the new rendering, `merged` the merge. `conflicts` are files to decide on, each with a sentence;
    `lost` those of them where one side removed what the other changed."""

    base: str
    merged: str
    changes: list[dict[str, str]]
    conflicts: list[dict[str, str]]

    @property
    def is_clean(self) -> bool:
        return not self.conflicts

    def as_json(self) -> dict[str, Any]:
        return {"changes": self.changes, "conflicts": self.conflicts}


def plan(path: Path, files: Tree, *, before: str, number: str, message: str, author: Author) -> Plan:
    """Merge into main, without touching it: the result stands in the repository under hidden names.

    `before` is the commit of the rendering the app stands on. Git finds where both parted and follows renames."""
    base = git.commit(path, f"{HIDDEN}/next", files, message=message, author=author, parents=[before])
    theirs = f"template-{number}"
    git.point(path, f"refs/heads/{MINE}", git.head(path))
    git.point(path, f"refs/heads/{theirs}", base)
    found = git.merge(path, MINE, theirs)
    for name in (MINE, theirs):
        git.git(path, "update-ref", "-d", f"refs/heads/{name}")
    head = git.head(path)
    merged = git.commit_tree(path, f"{HIDDEN}/merged", found.tree, message=message, author=author, parents=[head, base])
    gone = {change.path for change in differences.changes(path, before, base) if change.kind == "D"}
    moved = {change.before: change.path for change in differences.changes(path, before, base) if change.kind == "R"}
    conflicts = [conflict(name, kind, gone, moved) for name, kind in sorted(found.conflicts.items())]
    changes = [asdict(change) for change in differences.changes(path, head, merged)]
    return Plan(base, merged, changes, conflicts)


HIDDEN = "refs/trellis"


def conflict(path: str, kind: str, gone: set[str], moved: Mapping[str, str]) -> dict[str, str]:
    """A file on which both sides disagree, and what to do about it."""
    if path in gone:
        kind, said = (
            "lost",
            _("The template removes this file, and you changed it. It is kept: take from it what you need."),
        )
    elif path in moved:
        kind, said = (
            "lost",
            _("The template moves this file to %(path)s, and you removed or changed it.") % {"path": moved[path]},
        )
    elif "delete" in kind:
        kind, said = (
            "lost",
            _("You removed this file, and the template changed it. It is back: remove it again if you like."),
        )
    elif "add" in kind:
        said = _("You and the template both added this file. Both texts stand in it, between markers.")
    elif "binary" in kind:
        said = _("This is no text, so the two cannot be merged. Yours is kept.")
    else:
        said = _("You and the template changed the same lines. Both stand in the file, between markers.")
    return {"path": path, "kind": kind, "sentence": said}


def forget(path: Path) -> None:
    """Take the hidden names of a merge out again."""
    for name in ("next", "merged"):
        if git.head(path, f"{HIDDEN}/{name}"):
            git.git(path, "update-ref", "-d", f"{HIDDEN}/{name}")
