"""A folder as a value: what a template, a version or an app consists of."""

import posixpath
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

MOST_FILES, LONGEST_FILE, LONGEST_TOTAL, LONGEST_PATH = 2_000, 5 << 20, 20 << 20, 200


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
    taken: set[str] = set()
    total = 0
    for path, content, executable in files:
        check_path(path)
        total += len(content)
        if len(content) > LONGEST_FILE:
            raise BadTree(_("“%(path)s” is larger than %(limit)d MB. Leave it out.") % said(path, LONGEST_FILE))
        if total > LONGEST_TOTAL:
            raise BadTree(
                _("The files are larger than %(limit)d MB together. Leave large ones out.") % said(path, LONGEST_TOTAL)
            )
        if len(tree) >= MOST_FILES:
            raise BadTree(
                _("There are more than %(limit)d files. Leave out what is generated.") % {"limit": MOST_FILES}
            )
        if (key := unicodedata.normalize("NFC", path).casefold()) in taken:
            raise BadTree(_("“%(path)s” is there twice, in another case of letters. Keep one.") % {"path": path})
        taken.add(key)
        tree[path] = File(content, executable)
    return tree


def check_path(path: str) -> None:
    """Raises BadTree unless it names a place inside the folder that every system can hold."""
    parts = path.split("/")
    odd = (
        not path
        or len(path) > LONGEST_PATH
        or path != posixpath.normpath(path)
        or path.startswith("/")
        or "\\" in path
        or ".." in parts
        or any(unicodedata.category(letter)[0] == "C" for letter in path)
    )
    if odd:
        raise BadTree(_("“%(path)s” is not a name a file can have here. Rename it.") % {"path": path[:120]})
    if any(part.casefold() == ".git" or part.rstrip(" .").casefold() == ".git" for part in parts):
        raise BadTree(_("“%(path)s” lies in a .git folder, which belongs to git alone. Leave it out.") % {"path": path})


def said(path: str, limit: int) -> dict[str, object]:
    return {"path": path, "limit": limit >> 20}


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
        raise BadTree(_("“%(path)s” is larger than %(limit)d MB. Leave it out.") % said(path.name, LONGEST_FILE))
    return path.read_bytes()
