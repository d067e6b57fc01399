"""Escapes of GIFT, and cutting its text at signs that are not escaped."""

import re

SIGNS = "~=#{}:"
UNESCAPE = re.compile(r"\\([~=#{}:n\\])")
FORMAT = re.compile(r"^\[(html|markdown|plain|moodle)\]\s*", re.IGNORECASE)


def unescaped(text: str) -> str:
    return UNESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], text).strip()


def escaped(text: str) -> str:
    text = re.sub(r"([~=#{}:\\])", r"\\\1", text)
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def find(text: str, sign: str, start: int = 0) -> int:
    """The place of the first `sign` that is not escaped, or -1."""
    place = start
    while place < len(text):
        if text[place] == "\\":
            place += 2
        elif text.startswith(sign, place):
            return place
        else:
            place += 1
    return -1


def cut(text: str, sign: str) -> tuple[str, str]:
    """What stands before the first `sign` that is not escaped, and after it."""
    place = find(text, sign)
    return (text, "") if place < 0 else (text[:place], text[place + len(sign) :])


def tokens(text: str) -> list[tuple[str, str]]:
    """The answers of a block: their sign (= or ~) and their text."""
    found: list[tuple[str, str]] = []
    start, sign, place = 0, "", 0
    while place <= len(text):
        at_end = place == len(text)
        if at_end or text[place] in "=~":
            if sign:
                found.append((sign, text[start:place]))
            if at_end:
                break
            sign, start = text[place], place + 1
        place += 2 if text[place] == "\\" else 1
    if sign and place > len(text) and (not found or found[-1][1] != text[start:]):
        found.append((sign, text[start:]))  # the text ends in an escape
    return found


def with_format(text: str) -> tuple[str, str]:
    """A leading [html], [markdown], [plain] or [moodle], and the rest."""
    found = FORMAT.match(text.lstrip())
    return (found[1].lower(), text.lstrip()[found.end() :]) if found else ("", text)


def plain(text: str) -> str:
    return unescaped(with_format(text)[1])
