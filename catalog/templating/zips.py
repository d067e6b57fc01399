"""A folder that came as a ZIP, and one that goes out as one."""

import io
import posixpath
import zipfile

from catalog.importing import safe_zip
from catalog.importing.found import BadFile
from catalog.templating.tree import BadTree, File, Tree, tree_of

MOMENT = (1980, 1, 1, 0, 0, 0)  # the same files give the same ZIP


def read(content: bytes) -> dict[str, File]:
    """The files of an upload, without the one folder that many tools put around them. Raises BadTree with a sentence."""
    try:
        found = list(safe_zip.members(content))
    except BadFile as error:
        raise BadTree(str(error)) from None
    prefix = common(name for name, _content in found)
    runs = executables(content)
    return tree_of((posixpath.normpath(name[len(prefix) :]), data, name in runs) for name, data in found)


def executables(content: bytes) -> set[str]:
    """The files that were executable where the ZIP was made; a system that knows no such thing marks none."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename for entry in archive.infolist() if entry.external_attr >> 16 & 0o100}


def common(names: "object") -> str:
    """The folder that every file lies in, with its slash; nothing when there is none."""
    tops = {name.split("/", 1)[0] if "/" in name else "" for name in names}  # type: ignore[attr-defined]
    return f"{tops.pop()}/" if len(tops) == 1 and "" not in tops else ""


def write(tree: Tree, top: str) -> bytes:
    """The files below one folder `top`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, file in sorted(tree.items()):
            entry = zipfile.ZipInfo(f"{top}/{path}", MOMENT)
            entry.external_attr = (0o100755 if file.executable else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.content)
    return buffer.getvalue()
