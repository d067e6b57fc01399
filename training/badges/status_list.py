"""Which credentials were withdrawn, as a Bitstring Status List: one bit each, the first bit leftmost, gzip, base64url."""

import gzip
import zlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from training.badges.contexts import CREDENTIALS
from training.badges.credential import status_url
from training.badges.encoding import b64u, stamp, unb64u
from training.badges.keys import did

SIZE = 131_072  # bits; the least the standard allows, for privacy


def encode(withdrawn: Iterable[int], size: int = SIZE) -> str:
    """Raises IndexError for an index outside the list."""
    bits = bytearray(size // 8)
    for index in withdrawn:
        if index < 0:
            raise IndexError(index)
        bits[index >> 3] |= 0x80 >> (index & 7)
    return "u" + b64u(gzip.compress(bytes(bits), mtime=0))


def decode(text: str) -> bytes:
    """The bits. Raises ValueError, also for a list that unpacks to more than 16 MB or is shorter than allowed."""
    if not text.startswith("u"):
        raise ValueError("not multibase base64url")
    unpacker = zlib.decompressobj(wbits=31)
    try:
        bits = unpacker.decompress(unb64u(text[1:]), 16_000_000)
    except zlib.error:
        raise ValueError("not gzip") from None
    if unpacker.unconsumed_tail or len(bits) < SIZE // 8:
        raise ValueError("too long or too short")
    return bits


def is_set(bits: bytes, index: int) -> bool:
    """Raises IndexError for an index outside the list."""
    if index < 0:
        raise IndexError(index)
    return bool(bits[index >> 3] & (0x80 >> (index & 7)))


def document(base: str, withdrawn: Iterable[int], *, valid_from: datetime, valid_until: datetime) -> dict[str, Any]:
    """The list as a credential that is not signed yet. It is short-lived, so that nobody relies on an old one."""
    url = status_url(base)
    return {
        "@context": [CREDENTIALS],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did(base),
        "validFrom": stamp(valid_from),
        "validUntil": stamp(valid_until),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode(withdrawn),
        },
    }
