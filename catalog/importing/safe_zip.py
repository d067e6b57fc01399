"""An uploaded ZIP, read without trusting any number it states. Nothing is written to disk."""

import io
import posixpath
import stat
import unicodedata
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _

from catalog.importing.found import BadFile

MOST_FILES, LONGEST_TOTAL, LONGEST_MEMBER, LONGEST_NAME = 5_000, 64 << 20, 8 << 20, 240
RATIO, CHUNK = 200, 65_536
ENTRY = b"PK\x01\x02"  # what each line of the table of contents begins with


def is_zip(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def pack(files: list[tuple[str, bytes]]) -> bytes:
    """Several uploads as one ZIP, so that they are kept and read as one file."""
    buffer, taken = io.BytesIO(), set()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for index, (name, content) in enumerate(files, 1):
            safe = "".join(c if c.isalnum() or c in "._-" else "_" for c in posixpath.basename(name))[-120:] or "file"
            safe = f"{index}_{safe}" if safe.casefold() in taken else safe
            taken.add(safe.casefold())
            archive.writestr(zipfile.ZipInfo(safe), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def members(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each file inside. Raises BadFile as soon as anything is not as it should be."""
    if content.count(ENTRY) > MOST_FILES:  # before the library makes an object of each
        raise BadFile(_("The ZIP file holds more than %(limit)d files. Split it.") % {"limit": MOST_FILES})
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError, UnicodeError):
        raise BadFile(_("The ZIP file is damaged. Make it again.")) from None
    if len(entries) > MOST_FILES:
        raise BadFile(_("The ZIP file holds more than %(limit)d files. Split it.") % {"limit": MOST_FILES})
    spans = sorted((entry.header_offset, entry.header_offset + 30 + entry.compress_size) for entry in entries)
    if any(left[1] > right[0] for left, right in zip(spans, spans[1:], strict=False)):
        raise BadFile(_("The ZIP file is damaged: files in it overlap. Make it again."))
    seen: set[str] = set()
    total = 0
    for entry in entries:
        check_entry(entry)
        if entry.is_dir():
            continue
        key = unicodedata.normalize("NFC", posixpath.normpath(entry.filename)).casefold()
        if key in seen:
            raise BadFile(_("The ZIP file holds “%(name)s” twice. Keep one.") % {"name": entry.filename})
        seen.add(key)
        data = member(archive, entry, LONGEST_TOTAL - total)
        total += len(data)
        yield entry.filename, data


def check_entry(entry: zipfile.ZipInfo) -> None:
    name, mode = entry.filename, entry.external_attr >> 16
    odd = (
        "\\" in name
        or name.startswith("/")
        or name[1:2] == ":"
        or len(name) > LONGEST_NAME
        or ".." in name.split("/")
        or any(unicodedata.category(letter)[0] == "C" for letter in name)
    )
    if odd:
        raise BadFile(_("The ZIP file holds a file whose name leads outside it. Make it again from plain files."))
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise BadFile(_("The ZIP file holds a link: “%(name)s”. Put the file itself in.") % {"name": name})
    if entry.flag_bits & 0x1:
        raise BadFile(_("The ZIP file is encrypted. Make it without a password."))
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadFile(_("The ZIP file is packed in an unusual way. Make it with the ordinary method."))


def member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    data = bytearray()
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                data += chunk
                bomb = len(data) > 1 << 20 and len(data) > RATIO * max(entry.compress_size, 1)
                if len(data) > LONGEST_MEMBER or len(data) > left or bomb:
                    raise BadFile(_("“%(name)s” in the ZIP file is too large. Split it.") % {"name": entry.filename})
    except BadFile:
        raise
    except Exception:  # the zip library raises many kinds on hostile input; all mean the same to the reader
        raise BadFile(_("“%(name)s” in the ZIP file is damaged. Make it again.") % {"name": entry.filename}) from None
    return bytes(data)
