"""Bytes to text: a byte-order mark decides, then strict UTF-8, then the shape of the bytes."""

import codecs
import unicodedata

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from catalog.importing.found import BadFile

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 200_000
ENCODINGS = ("utf-8", "utf-16", "cp1252", "iso-8859-15", "cp1250", "cp1251", "mac-roman", "cp932", "gb18030")
GUESSED = [name.replace("-", "_") for name in ENCODINGS if name not in ("utf-8", "utf-16", "cp1252")]


def encoding_of(content: bytes) -> str:
    """The encoding in which `content` is best read."""
    for mark, name in MARKS:
        if content.startswith(mark):
            return name
    sample = content[:SAMPLE]
    if wide := wide_encoding(sample):
        return wide
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return narrow_encoding(sample)
    return "utf-8"


def wide_encoding(sample: bytes) -> str:
    """UTF-16 without a mark: every other byte of Western text is zero."""
    pairs = len(sample) // 2
    if pairs < 2:
        return ""
    even, odd = sample[0 : pairs * 2 : 2].count(0), sample[1 : pairs * 2 : 2].count(0)
    if odd > pairs * 0.6 and even < pairs * 0.1:
        return "utf-16-le"
    if even > pairs * 0.6 and odd < pairs * 0.1:
        return "utf-16-be"
    return ""


def narrow_encoding(sample: bytes) -> str:
    """Windows Western first, because office programs write it; other code pages only when they fit better."""
    found = [match.encoding for match in from_bytes(sample, cp_isolation=["cp1252", *GUESSED], explain=False)]
    if not found or "cp1252" in found or len(sample) < 2_000:
        return "cp1252"
    return found[0].replace("_", "-")


def decode(content: bytes, encoding: str = "") -> tuple[str, str]:
    """The text, normalised (NFC) line by line later on, and its encoding. Raises BadFile when it is not text."""
    encoding = encoding or encoding_of(content)
    try:
        return content.decode(encoding), encoding
    except (UnicodeDecodeError, LookupError):
        if encoding == "cp1252":  # five bytes of it mean nothing; the Latin-1 reading keeps them visible
            return content.decode("latin-1"), "latin-1"
        raise BadFile(
            _("The file cannot be read as %(encoding)s text. Save it as UTF-8, or choose its encoding.")
            % {"encoding": encoding}
        ) from None


def is_clean(text: str) -> bool:
    """Can the database keep it? It has no NUL and no half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def tidy(text: str) -> str:
    """One line of text: composed letters (NFC), no invisible controls, single spaces, trimmed."""
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text).split())


def tidy_block(text: str) -> str:
    """Text of several lines: composed letters, no controls but line breaks, trimmed."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc").strip()
