"""Seals: audit events are bound in blocks, each digest covering its events and the block before.

A chain inside every writing transaction would make all writers queue, so a task seals afterwards.

What must not happen is that an event gets a number below the last sealed one and appears later. Numbers are handed out
before commit, so "everything below the highest number I see" is not complete. The sealer therefore does what CREATE INDEX
CONCURRENTLY does: it reads the highest number it sees, then lists the transactions that hold the writers' lock on the
table, and waits until those are over. An INSERT takes that lock before it draws its number and holds it until the end of
its transaction, so whoever drew a lower number is on the list or finished. Nobody is blocked. When a transaction outlasts
the patience, nothing is sealed above what is safe and the next minute tries again."""

import hashlib
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import structlog
from django.db import connection, models, transaction
from django.utils import timezone

from portal.models import AuditBlock, AuditEvent
from portal.models.audit import AuditEventQuerySet

FIELDS = (
    "id", "at", "actor_id", "actor_name", "verb", "subject_kind", "subject_id", "subject_name", "reason", "changes",
    "facts", "request_id", "run_id",
)  # fmt: skip
BLOCK = 1_000
Row = dict[str, Any]
START = "0" * 64
NUMBER_BYTES, DIGEST_BYTES = 8, 32
ENTRY_BYTES = NUMBER_BYTES + DIGEST_BYTES
LOCK_KEY = 0x7472_656C_6C69_7301  # one sealer at a time; the number only has to be ours
PATIENCE = 20.0
log = structlog.get_logger(__name__)

WRITERS = """
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND relation = 'portal_auditevent'::regclass AND mode = 'RowExclusiveLock'
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid IS DISTINCT FROM pg_backend_pid()
"""


@dataclass(frozen=True)
class Seal:
    """What a block says: the number and digest of each event, and the chain."""

    number: int
    first_id: int
    last_id: int
    previous: str
    digest: str
    entries: list[tuple[int, bytes]]


def canonical(row: Row) -> bytes:
    """The one way to write an event as bytes: sorted keys, no spaces, times in UTC to the microsecond."""
    return json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def plain_row(row: Row) -> Row:
    """A row of FIELDS as JSON holds it."""
    return {**row, "at": row["at"].astimezone(UTC).isoformat(timespec="microseconds")}


def row_digest(row: Row) -> bytes:
    return hashlib.sha256(canonical(row)).digest()


def chain(previous: str, packed: bytes) -> str:
    return hashlib.sha256(bytes.fromhex(previous) + packed).hexdigest()


def pack(entries: Iterable[tuple[int, bytes]]) -> bytes:
    """Each event's number and digest, one after the other: so that a missing event can be named."""
    return b"".join(number.to_bytes(NUMBER_BYTES, "big") + digest for number, digest in entries)


def unpack(packed: bytes) -> list[tuple[int, bytes]]:
    cuts = (packed[start : start + ENTRY_BYTES] for start in range(0, len(packed), ENTRY_BYTES))
    return [(int.from_bytes(cut[:NUMBER_BYTES], "big"), cut[NUMBER_BYTES:]) for cut in cuts]


def rows_between(above: int, up_to: int) -> list[Row]:
    """Events with numbers above `above` and up to `up_to`, in order, as plain rows."""
    found = AuditEvent.objects.filter(id__gt=above, id__lte=up_to).order_by("id").values(*FIELDS)
    return [plain_row(row) for row in found]


def rows_above(above: int) -> Iterator[list[Row]]:
    """All events above `above` in order, a block's worth at a time. Each is a query of its own, so that a reader who stops
    early leaves no open cursor behind."""
    while rows := [plain_row(row) for row in first_above(above).values(*FIELDS)[:BLOCK]]:
        yield rows
        above = rows[-1]["id"]


def first_above(above: int) -> AuditEventQuerySet:
    return AuditEvent.objects.filter(id__gt=above).order_by("id")


def seal_of(block: AuditBlock) -> Seal:
    entries = unpack(bytes(block.row_digests))
    return Seal(block.number, block.first_id, block.last_id, block.previous, block.digest, entries)


def seals() -> Iterator[Seal]:
    """All blocks in order, a few at a time."""
    number = None
    while blocks := list(blocks_after(number)[:20]):
        yield from map(seal_of, blocks)
        number = blocks[-1].number


def blocks_after(number: int | None) -> models.QuerySet[AuditBlock]:
    found = AuditBlock.objects.order_by("number")
    return found if number is None else found.filter(number__gt=number)


def seal(*, now: datetime | None = None, patience: float = PATIENCE) -> int:
    """Seal everything that is safe to seal; how many events were sealed. Two sealers at once do not collide."""
    top = safe_top(patience)
    if top is None:
        return 0
    sealed = 0
    while count := seal_block(top, now=now or timezone.now()):
        sealed += count
    return sealed


def safe_top(patience: float) -> int | None:
    """The highest number below which no event can appear any more; None when there is nothing, or a writer outlasts us."""
    top = AuditEvent.objects.order_by("-id").values_list("id", flat=True).first()
    if top is None:
        return None
    waiting, end = writers(), time.monotonic() + patience
    while waiting:
        if time.monotonic() > end:
            log.warning("audit log not sealed: a transaction takes long", transactions=len(waiting))
            return None
        time.sleep(0.05)
        waiting &= writers()
    return top


def writers() -> set[str]:
    """The transactions, other than ours, that have written or are about to write events."""
    with connection.cursor() as cursor:
        cursor.execute(WRITERS)
        return {name for (name,) in cursor.fetchall()}


@transaction.atomic
def seal_block(top: int, *, now: datetime) -> int:
    """Seal the next block of events up to `top`; 0 when there is none, or when another sealer is at work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK_KEY])
        if not cursor.fetchone()[0]:
            return 0
    last = AuditBlock.objects.order_by("-number").only("number", "last_id", "digest").first()
    number, above, previous = (last.number + 1, last.last_id, last.digest) if last else (1, 0, START)
    rows = first_above(above).filter(id__lte=top).values(*FIELDS)[:BLOCK]
    entries = [(row["id"], row_digest(plain_row(row))) for row in rows]
    if not entries:
        return 0
    packed = pack(entries)
    block = AuditBlock.objects.create(
        number=number,
        first_id=entries[0][0],
        last_id=entries[-1][0],
        events=len(entries),
        row_digests=packed,
        previous=previous,
        digest=chain(previous, packed),
        sealed_at=now,
    )
    # The digest also leaves the database, in the log: who owns the tables cannot take it back from there.
    log.info("audit block sealed", number=number, last_event=block.last_id, digest=block.digest)
    return len(entries)
