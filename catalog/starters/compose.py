"""A shipped template as files: what all of them share, then its own, version upon version."""

from pathlib import Path

FOLDER = Path(__file__).parent
VERSIONS = ("1.0.0", "1.1.0")
KINDS = ("dashboard", "approval", "form", "chatbot", "checklist", "tracker")
REMOVED = "removed.txt"  # the paths that a version takes away, one a line
QUESTIONS, HEAD, FOOT = (
    "copier.yml",
    "copier.head.yml",
    "copier.foot.yml",
)  # a template's own questions stand between the two


def compose(kind: str, version: str) -> dict[str, bytes]:
    """Path and content of every file. Raises KeyError for a kind or version that is not shipped."""
    if kind not in KINDS or version not in VERSIONS:
        raise KeyError(f"{kind} {version}")
    files: dict[str, bytes] = {}
    for number in VERSIONS[: VERSIONS.index(version) + 1]:
        for layer in ("shared", kind):
            files |= layer_of(FOLDER / layer / number)
        for path in files.pop(REMOVED, b"").decode().split():
            del files[path]
    head, foot = files.pop(HEAD), files.pop(FOOT)
    return {**files, QUESTIONS: head + files[QUESTIONS] + foot}


def layer_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
