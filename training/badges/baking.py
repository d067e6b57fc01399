"""Credentials inside pictures. Baking comes last: a picture that is scaled or cleaned afterwards loses what it carries.

SVG: one element of the Open Badges namespace, a JWS in its attribute `verify` or JSON as its text. PNG: one iTXt chunk, not
compressed. Unbaking gives back the credential byte for byte."""

import struct
import zlib
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext as _

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
KEYWORD = b"openbadgecredential"
PNG = b"\x89PNG\r\n\x1a\n"
LARGEST = 5_000_000


class NotBaked(Exception):
    """There is no credential in it. The text is a sentence for the person who brought the file."""


def bake_svg(svg: str, credential: str) -> str:
    """`svg` is one of ours: its root element opens with `<svg ` and holds no credential yet."""
    start = svg.index("<svg ")
    end = svg.index(">", start)
    if credential.lstrip().startswith("{"):
        element = f"<openbadges:credential>{escape(credential)}</openbadges:credential>"
    else:
        element = f"<openbadges:credential verify={quoteattr(credential)}></openbadges:credential>"
    return f'{svg[:end]} xmlns:openbadges="{NAMESPACE}">{element}{svg[end + 1 :]}'


def unbake_svg(data: bytes) -> str:
    """Raises NotBaked."""
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise NotBaked(_("This is not an SVG that can be read.")) from None
    found = root.findall(f".//{{{NAMESPACE}}}credential")
    if len(found) != 1:
        raise NotBaked(_("This SVG carries no badge, or more than one."))
    return found[0].get("verify") or found[0].text or ""


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """Every chunk of a PNG. Raises NotBaked when one is broken."""
    if not data.startswith(PNG):
        raise NotBaked(_("This is not a PNG."))
    found, place = [], len(PNG)
    while place < len(data):
        try:
            (size,) = struct.unpack(">I", data[place : place + 4])
            kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
            (check,) = struct.unpack(">I", data[place + 8 + size : place + 12 + size])
        except struct.error:
            raise NotBaked(_("The PNG is cut off. Download it again.")) from None
        if zlib.crc32(kind + body) != check:
            raise NotBaked(_("The PNG is damaged. Download it again."))
        found.append((kind, body))
        place += 12 + size
    return found


def bake_png(png: bytes, credential: str) -> bytes:
    text = KEYWORD + b"\0\0\0\0\0" + credential.encode()  # not compressed, no language, no translated keyword
    out = PNG
    for kind, body in chunks(png):
        if kind == b"iTXt" and body.startswith(KEYWORD + b"\0"):
            continue
        out += chunk(kind, body)
        if kind == b"IHDR":
            out += chunk(b"iTXt", text)
    return out


def unbake_png(data: bytes) -> str:
    """Raises NotBaked."""
    found = [body for kind, body in chunks(data) if kind == b"iTXt" and body.startswith(KEYWORD + b"\0")]
    if len(found) != 1:
        raise NotBaked(_("This PNG carries no badge, or more than one."))
    rest = found[0][len(KEYWORD) + 1 :]
    compressed, rest = rest[:1], rest[2:]
    parts = rest.split(b"\0", 2)
    if compressed != b"\0" or len(parts) < 3:
        raise NotBaked(_("The badge in this PNG is packed in a way that is not read here."))
    try:
        return parts[2].decode()
    except UnicodeDecodeError:
        raise NotBaked(_("The badge in this PNG cannot be read.")) from None


def unbake(data: bytes) -> str:
    """The credential in a baked picture, or the file itself when it is a JWT or JSON. Raises NotBaked."""
    if len(data) > LARGEST:
        raise NotBaked(_("The file is larger than 5 MB. A badge is small."))
    if data.startswith(PNG):
        return unbake_png(data)
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise NotBaked(_("This is neither a picture with a badge nor a badge as text.")) from None
    return unbake_svg(data) if text.startswith("<") else text
