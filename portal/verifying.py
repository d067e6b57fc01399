"""Is the audit log as it was sealed? Reads everything once, in order, and names the first event that is not."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain as joined
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.sealing import (
    FIELDS,
    START,
    Row,
    Seal,
    canonical,
    chain,
    pack,
    row_digest,
    rows_above,
    rows_between,
    seals,
    unpack,
)  # fmt: skip

LOWEST = -(2**63)


class Broken(Exception):
    """The log is not what was sealed. The text is a sentence that names the first wrong event or block."""


@dataclass
class Tally:
    """What was read: the head is the digest of the last block."""

    blocks: int = 0
    sealed: int = 0
    open: int = 0
    head: str = START

    def sentence(self) -> str:
        if not self.blocks:
            return ngettext(
                "Nothing is sealed yet; %(open)d event waits for its seal.",
                "Nothing is sealed yet; %(open)d events wait for their seal.",
                self.open,
            ) % {"open": self.open}
        return _(
            "All is well: %(sealed)d events in %(blocks)d blocks are as they were sealed, %(open)d wait for their seal. "
            "Digest of block %(blocks)d: %(head)s"
        ) % {"sealed": self.sealed, "blocks": self.blocks, "open": self.open, "head": self.head}


Part = tuple[Seal | None, list[Row]]


def parts() -> Iterator[Part]:
    """Each block with the events in its range, then the events that have no seal yet; one block in memory at a time."""
    above = LOWEST
    for seal in seals():
        yield seal, rows_between(above, seal.last_id)
        above = max(above, seal.last_id)
    for rows in rows_above(above):
        yield None, rows


def verify(found: Iterable[Part], *, expected: str = "") -> Tally:
    """Read all of `found`. Raises Broken at the first thing that is not as sealed.

    A log cut off at its end still fits together; only a digest noted elsewhere (`expected`) tells."""
    tally, seen = Tally(), not expected
    for seal, rows in found:
        if seal is None:
            tally.open += len(rows)
            continue
        check_link(seal, tally)
        check_rows(seal, rows)
        tally.blocks, tally.sealed, tally.head = seal.number, tally.sealed + len(rows), seal.digest
        seen = seen or seal.digest == expected
    if not seen:
        raise Broken(_("No block has the digest %(digest)s: the end of the log is missing.") % {"digest": expected})
    return tally


def check_link(seal: Seal, tally: Tally) -> None:
    """The block is the next one, follows the one before, and its own digest is right."""
    if seal.number != tally.blocks + 1:
        raise Broken(_("Block %(number)d is missing.") % {"number": tally.blocks + 1})
    if seal.previous != tally.head:
        raise Broken(_("Block %(number)d does not follow the block before it.") % {"number": seal.number})
    ends = (seal.entries[0][0], seal.entries[-1][0]) if seal.entries else (0, 0)
    if chain(seal.previous, pack(seal.entries)) != seal.digest or ends != (seal.first_id, seal.last_id):
        raise Broken(_("Block %(number)d was altered: its digest does not fit.") % {"number": seal.number})


def check_rows(seal: Seal, rows: list[Row]) -> None:
    """Every sealed event is there as it was, and no other. The lowest number that is wrong is named."""
    sealed, present = dict(seal.entries), {row["id"]: row for row in rows}
    for number in sorted(sealed.keys() | present.keys()):
        says = {"event": number, "block": seal.number}
        if number not in present:
            raise Broken(_("Event %(event)d was deleted (block %(block)d).") % says)
        if number not in sealed:
            raise Broken(_("Event %(event)d was inserted after block %(block)d was sealed.") % says)
        if row_digest(present[number]) != sealed[number]:
            if other := stood_at(sealed[number], number, rows):
                raise Broken(
                    _("Event %(event)d was moved: it stands at number %(other)d now (block %(block)d).")
                    % {**says, "other": other}
                )
            raise Broken(_("Event %(event)d was altered (block %(block)d).") % says)


def stood_at(digest: bytes, number: int, rows: list[Row]) -> int | None:
    """Where the event that was sealed as `number` stands now, when it was only given another number."""
    return next((row["id"] for row in rows if row_digest({**row, "id": number}) == digest), None)


def export(out: IO[bytes]) -> int:
    """The whole log as JSON lines: each block, then its events; unsealed events last. Returns the number of lines."""
    lines = 0
    for seal, rows in parts():
        heading = [canonical({"block": block_as_json(seal)})] if seal else []
        for line in joined(heading, (canonical({"event": row}) for row in rows)):
            out.write(line + b"\n")
            lines += 1
    return lines


def block_as_json(seal: Seal) -> dict[str, Any]:
    return {
        "number": seal.number,
        "first_id": seal.first_id,
        "last_id": seal.last_id,
        "previous": seal.previous,
        "digest": seal.digest,
        "entries": pack(seal.entries).hex(),
    }


def parts_of_file(lines: Iterable[bytes]) -> Iterator[Part]:
    """The same parts from an export. Raises Broken for a line that is not one of ours."""
    seal: Seal | None = None
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
            if "block" in record:
                if seal or rows:
                    yield seal, rows
                seal, rows = seal_from_json(record["block"]), []
                continue
            row = {name: record["event"][name] for name in FIELDS}
        except (ValueError, KeyError, TypeError):
            raise Broken(_("Line %(number)d of the file is not part of an export.") % {"number": number}) from None
        if seal and row["id"] > seal.last_id:
            yield seal, rows
            seal, rows = None, []
        rows.append(row)
        if seal is None:
            yield None, rows
            rows = []
    if seal:
        yield seal, rows


def seal_from_json(block: dict[str, Any]) -> Seal:
    names = ("number", "first_id", "last_id", "previous", "digest")
    return Seal(**{name: block[name] for name in names}, entries=unpack(bytes.fromhex(block["entries"])))
