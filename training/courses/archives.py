"""A course's files from and to a ZIP or a folder. A ZIP that would unpack to too much, or outside its place, is refused."""

import io
import zipfile
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from training.courses.source import BadCourse

MOST_FILES = 500
MOST_BYTES = 60 * 1024 * 1024
EPOCH = (1980, 1, 1, 0, 0, 0)  # a ZIP of the same files is the same ZIP


def unpack(content: bytes) -> dict[str, bytes]:
    """The files of a ZIP; one folder around all of them is taken off. Raises BadCourse."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return stripped(members(archive))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError):
        raise BadCourse([_("This is not a ZIP that can be read. Pack the folder of the course again.")]) from None


def members(archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = [info for info in archive.infolist() if not info.is_dir() and not is_litter(info.filename)]
    if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > MOST_BYTES:
        raise BadCourse([_("The ZIP holds more than 500 files or 60 MB. Leave out what the course does not show.")])
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    for info in infos:
        path = info.filename
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or "\\" in path:
            raise BadCourse([_("%(path)s: a file must lie inside the folder of the course.") % {"path": path}])
        with archive.open(info) as member:
            files[path] = member.read(left + 1)  # what the directory says of the size may be a lie
        left -= len(files[path])
        if left < 0:
            raise BadCourse([_("The ZIP unpacks to more than 60 MB.")])
    return files


def is_litter(path: str) -> bool:
    """What desktops leave in an archive."""
    parts = PurePosixPath(path).parts
    return "__MACOSX" in parts or parts[-1:] in ((".DS_Store",), ("Thumbs.db",))


def stripped(files: dict[str, bytes]) -> dict[str, bytes]:
    tops = {path.split("/", 1)[0] for path in files}
    if len(tops) == 1 and all("/" in path for path in files):
        return {path.split("/", 1)[1]: content for path, content in files.items()}
    return files


def pack(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            archive.writestr(zipfile.ZipInfo(path, EPOCH), files[path], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def read_folder(folder: Path) -> dict[str, bytes]:
    found = sorted(path for path in folder.rglob("*") if path.is_file() and not is_litter(path.name))
    files = {path.relative_to(folder).as_posix(): path for path in found}
    hidden = {name for name in files if any(part.startswith(".") for part in PurePosixPath(name).parts)}
    return {name: path.read_bytes() for name, path in files.items() if name not in hidden}


def write_folder(files: dict[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
