"""What may lie in a folder, as plain rules: git's hook reads them too, in a child of its own that knows no framework."""

import posixpath
import unicodedata

MOST_FILES, LONGEST_FILE, LONGEST_TOTAL, LONGEST_PATH = 2_000, 5 << 20, 20 << 20, 200


def gettext_noop(text: str) -> str:
    """Marks a sentence to be translated where it is said."""
    return text


SAID = {
    "name": gettext_noop("“%(path)s” is not a name a file can have here. Rename it."),
    "git": gettext_noop("“%(path)s” lies in a .git folder, which belongs to git alone. Leave it out."),
    "file": gettext_noop("“%(path)s” is larger than %(limit)d MB. Leave it out."),
    "total": gettext_noop("The files are larger than %(limit)d MB together. Leave large ones out."),
    "files": gettext_noop("There are more than %(limit)d files. Leave out what is generated."),
    "twice": gettext_noop("“%(path)s” is there twice, in another case of letters. Keep one."),
    "submodule": gettext_noop("“%(path)s” is a submodule. Put its files in instead."),
    "link": gettext_noop("“%(path)s” is a link. Put the file itself in."),
}
LIMITS = {"file": LONGEST_FILE >> 20, "total": LONGEST_TOTAL >> 20, "files": MOST_FILES}
PLAIN_MODES, SUBMODULE = ("100644", "100755", "100664"), "160000"


def parameters(kind: str, path: str) -> dict[str, object]:
    """What the sentence of a problem is filled with."""
    return {"path": path[:120], "limit": LIMITS.get(kind, 0)}


def problem_of_path(path: str) -> str:
    """Which rule a name breaks, empty when every system can hold it inside the folder."""
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
        return "name"
    return "git" if any(part.casefold().rstrip(" .") == ".git" for part in parts) else ""


def problem_of_mode(mode: str) -> str:
    """Which rule an entry of a git tree breaks by being no plain file."""
    return "submodule" if mode == SUBMODULE else "" if mode in PLAIN_MODES else "link"


class Folder:
    """The files so far. `add` says which rule one more of them breaks, or nothing; sizes are in bytes."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        self.total = 0

    def add(self, path: str, size: int) -> str:
        key = unicodedata.normalize("NFC", path).casefold()
        self.total += size
        broken = {
            "file": size > LONGEST_FILE,
            "total": self.total > LONGEST_TOTAL,
            "files": len(self.taken) >= MOST_FILES,
            "twice": key in self.taken,
        }
        self.taken.add(key)
        return problem_of_path(path) or next((kind for kind, is_broken in broken.items() if is_broken), "")
