"""A GIFT file cut into blocks: one question each, with its line, its category and what its comments say."""

import re
from dataclasses import dataclass

ID = re.compile(r"\[id:([^\]]+)\]")
TAG = re.compile(r"\[tag:([^\]]+)\]")
CATEGORY = re.compile(r"^\$CATEGORY:\s*(.+)$", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """`line` counts from 1 and is that of the question's text."""

    text: str
    line: int
    category: str
    id: str
    tags: tuple[str, ...]


def braces(line: str) -> int:
    """How many more braces open than close, without those that are escaped."""
    bare = re.sub(r"\\.", "", line)
    return bare.count("{") - bare.count("}")


def groups(lines: list[str], *, minding_braces: bool) -> list[tuple[int, list[str]]]:
    """Lines between blank ones, with the number of the first. A blank line inside braces belongs to the question."""
    found: list[tuple[int, list[str]]] = []
    group: list[str] = []
    start, depth = 1, 0
    for number, line in enumerate([*lines, ""], start=1):
        is_comment = line.lstrip().startswith("//")
        if not line.strip() and (depth <= 0 or not minding_braces or number > len(lines)):
            if group:
                found.append((start, group))
            group, depth = [], 0
            continue
        if not group:
            start = number
        group.append(line)
        depth += 0 if is_comment else braces(line)
    return found


def blocks(text: str) -> list[Block]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff").split("\n")
    found: list[Block] = []
    category, ident = "", ""
    tags: list[str] = []
    for start, group in closed(lines):
        kept: list[str] = []
        first = start
        for number, line in enumerate(group, start=start):
            if line.lstrip().startswith("//"):
                ident = (ID.findall(line) or [ident])[-1]
                tags += TAG.findall(line)
            elif not kept and (named := CATEGORY.match(line.strip())):
                category = named[1].strip()
            else:
                first = first if kept else number
                kept.append(line.strip())
        if kept:
            found.append(Block("\n".join(kept), first, category, ident.strip(), tuple(dict.fromkeys(tags))))
            ident, tags = "", []
    return found


def closed(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Groups minding braces; one whose braces never close is cut at its blank lines, so that it takes no other along."""
    found: list[tuple[int, list[str]]] = []
    for start, group in groups(lines, minding_braces=True):
        depth = sum(braces(line) for line in group if not line.lstrip().startswith("//"))
        if depth > 0 and any(not line.strip() for line in group):
            found += [(start + place - 1, part) for place, part in groups(group, minding_braces=False)]
        else:
            found.append((start, group))
    return found
