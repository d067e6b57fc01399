"""A badge without a database."""

import uuid
from datetime import UTC, datetime, timedelta
from functools import cache

from training.badges import jws, keys, status_list
from training.badges.credential import Alignment, Issued
from training.badges.keys import SigningKey
from training.badges.published import Published

BASE = "https://c4e.example.com"
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@cache
def key(name: str = "2026-1") -> SigningKey:
    return keys.generate(name)


def issued(index: int = 7, **fields) -> Issued:
    values = {
        "base": BASE, "issuer": "Example C4E", "number": uuid.UUID(int=1), "holder": uuid.UUID(int=2),
        "email": "priya@example.com", "salt": "5a17", "slug": "foundations", "version": 3, "title": "Foundations",
        "description": "Knows the rules.", "criteria": "Passed **the quiz**.",
        "alignments": (Alignment("External hosts", f"{BASE}/approvals/policies/external-hosts/", "external-hosts@2"),),
        "first_awarded": NOW - timedelta(days=400), "valid_from": NOW - timedelta(days=30),
        "valid_until": NOW + timedelta(days=335), "status_index": index, "score": "91.67",
    }  # fmt: skip
    return Issued(**values | fields)


def published(*withdrawn: int, signed_by: SigningKey | None = None, known: tuple[SigningKey, ...] = ()) -> Published:
    found = known or (key(),)
    listed = status_list.document(
        BASE, withdrawn, valid_from=NOW - timedelta(minutes=5), valid_until=NOW + timedelta(hours=1)
    )
    jwks = [keys.public_jwk(one, BASE) for one in found]
    return Published(
        BASE, "Example C4E", {jwk["kid"]: jwk for jwk in jwks}, [keys.multikey(one) for one in found],
        jws.sign(listed, signed_by or found[0], BASE),
    )  # fmt: skip
