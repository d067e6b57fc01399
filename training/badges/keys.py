"""The issuer's keys. Each has a name that never changes, an RSA key for the VC-JWT and an Ed25519 key for embedded proofs.

They live in a file or an environment variable, never in the database. The last one signs; the others are kept so that
what they signed keeps verifying."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from training.badges.encoding import b64u, base58, unb64u, unbase58

ED25519_PREFIX = b"\xed\x01"


class BadKeys(Exception):
    """The keys cannot be read. The text is a sentence for whoever runs the site."""


@dataclass(frozen=True)
class SigningKey:
    name: str
    rsa: rsa.RSAPrivateKey
    ed25519: ed25519.Ed25519PrivateKey


def generate(name: str) -> SigningKey:
    return SigningKey(name, rsa.generate_private_key(65537, 2048), ed25519.Ed25519PrivateKey.generate())


def dump(keys: Sequence[SigningKey]) -> str:
    """The text of a key file. Keep it secret."""

    def pem(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> str:
        return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()

    return json.dumps(
        {"keys": [{"name": k.name, "rsa": pem(k.rsa), "ed25519": pem(k.ed25519)} for k in keys]}, indent=1
    )


def load(text: str) -> list[SigningKey]:
    """Raises BadKeys."""
    try:
        found = [
            SigningKey(
                str(one["name"]),
                load_pem_private_key(one["rsa"].encode(), None),  # type: ignore[arg-type]
                load_pem_private_key(one["ed25519"].encode(), None),  # type: ignore[arg-type]
            )
            for one in json.loads(text)["keys"]
        ]
    except (ValueError, TypeError, KeyError, AttributeError, UnsupportedAlgorithm):
        raise BadKeys("The badge keys cannot be read. Make a new file with `manage.py badge_keys FILE`.") from None
    names = [key.name for key in found]
    if not found or len(set(names)) < len(names):
        raise BadKeys("The badge keys need at least one key, and every key a name of its own.")
    for key in found:
        if not isinstance(key.rsa, rsa.RSAPrivateKey) or key.rsa.key_size < 2048:
            raise BadKeys(f"The key {key.name} has no RSA key of 2048 bits or more.")
        if not isinstance(key.ed25519, ed25519.Ed25519PrivateKey):
            raise BadKeys(f"The key {key.name} has no Ed25519 key.")
    return found


def key_url(base: str, name: str) -> str:
    """The `kid` of a VC-JWT: an address that answers with this one JWK."""
    return f"{base}/badges/keys/{name}/"


def did(base: str) -> str:
    """The issuer's did:web; a port is percent-encoded."""
    return "did:web:" + quote(urlsplit(base).netloc, safe="")


def public_jwk(key: SigningKey, base: str) -> dict[str, str]:
    numbers = key.rsa.public_key().public_numbers()
    whole = lambda number: b64u(number.to_bytes((number.bit_length() + 7) // 8))  # noqa: E731
    kid = key_url(base, key.name)
    return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": whole(numbers.n), "e": whole(numbers.e)}


def public_rsa(jwk: dict[str, Any]) -> rsa.RSAPublicKey:
    """Raises ValueError."""
    if jwk.get("kty") != "RSA":
        raise ValueError("not an RSA key")
    whole = lambda text: int.from_bytes(unb64u(text))  # noqa: E731
    return rsa.RSAPublicNumbers(whole(jwk["e"]), whole(jwk["n"])).public_key()


def multikey(key: SigningKey) -> str:
    """The Ed25519 public key as a Multikey: z and base58 of the prefix and 32 bytes."""
    return "z" + base58(ED25519_PREFIX + key.ed25519.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))


def public_ed25519(text: str) -> ed25519.Ed25519PublicKey:
    """Raises ValueError."""
    data = unbase58(text[1:]) if text.startswith("z") else b""
    if data[:2] != ED25519_PREFIX or len(data) != 34:
        raise ValueError("not an Ed25519 Multikey")
    return ed25519.Ed25519PublicKey.from_public_bytes(data[2:])
