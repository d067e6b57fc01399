"""A folder as a value: what a template, a version or an app consists of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from catalog.templating.tree_rules import LONGEST_FILE, SAID, Folder, parameters, problem_of_path


class BadTree(Exception):
    """What was handed over is not a folder of ordinary files. The text says what to do."""


@dataclass(frozen=True)
class File:
    content: bytes
    executable: bool = False

    @property
    def text(self) -> str | None:
        """The content as text; None when it is not UTF-8."""
        try:
            return None if b"\x00" in self.content else self.content.decode()
        except UnicodeDecodeError:
            return None


Tree = Mapping[str, File]


def tree_of(files: Iterable[tuple[str, bytes, bool]]) -> dict[str, File]:
    """Path, content and whether it is executable, of each file. Raises BadTree at the first that does not belong."""
    tree: dict[str, File] = {}
    folder = Folder()
    for path, content, executable in files:
        refuse(folder.add(path, len(content)), path)
        tree[path] = File(content, executable)
    return tree


def check_path(path: str) -> None:
    """Raises BadTree unless it names a place inside the folder that every system can hold."""
    refuse(problem_of_path(path), path)


def refuse(kind: str, path: str) -> None:
    """Raises BadTree with the sentence of the rule that is broken, if one is."""
    if kind:
        raise BadTree(_(SAID[kind]) % parameters(kind, path))


def write(tree: Tree, folder: Path) -> None:
    """Lay the files out below a new, empty folder."""
    for path, file in tree.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.content)
        place.chmod(0o755 if file.executable else 0o644)


def read(folder: Path) -> dict[str, File]:
    """What lies below a folder. Raises BadTree at a link or a device: following one would leak what is outside."""
    return tree_of(
        (path.relative_to(folder).as_posix(), content_of(path), bool(path.lstat().st_mode & 0o100))
        for path in sorted(folder.rglob("*"))
        if not (path.is_dir() and not path.is_symlink())
    )


def content_of(path: Path) -> bytes:
    if path.is_symlink() or not path.is_file():
        raise BadTree(_("“%(path)s” is a link or a device. Only plain files may be there.") % {"path": path.name})
    if path.lstat().st_size > LONGEST_FILE:
        refuse("file", path.name)
    return path.read_bytes()
