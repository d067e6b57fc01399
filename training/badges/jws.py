"""A credential as VC-JWT: the document itself is the payload, signed with RS256."""

import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from training.badges.encoding import b64u, compact, seconds, unb64u
from training.badges.keys import SigningKey, key_url

LARGEST = 1_000_000
HEADER = {"alg", "kid", "typ"}


class BadToken(Exception):
    """Not a token of ours, or one that was altered."""


def sign(document: dict[str, Any], key: SigningKey, base: str) -> str:
    header = {"alg": "RS256", "kid": key_url(base, key.name), "typ": "JWT"}
    signed = f"{b64u(compact(header).encode())}.{b64u(compact(document | claims(document)).encode())}"
    return f"{signed}.{b64u(key.rsa.sign(signed.encode(), padding.PKCS1v15(), SHA256()))}"


def claims(document: dict[str, Any]) -> dict[str, Any]:
    """The JWT's own claims, each of which must equal what the document says."""
    issuer = document["issuer"]
    found = {
        "iss": issuer["id"] if isinstance(issuer, dict) else issuer,
        "jti": document["id"],
        "nbf": seconds(document["validFrom"]),
        "sub": document["credentialSubject"]["id"],
    }
    return found | ({"exp": seconds(document["validUntil"])} if "validUntil" in document else {})


def read(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Header and payload, not verified. Raises BadToken for what is no JWS in compact form or is made to mislead."""
    parts = token.strip().split(".")
    if len(parts) != 3 or len(token) > LARGEST:
        raise BadToken("not three parts")
    try:
        header, payload = (json.loads(unb64u(part)) for part in parts[:2])
    except (ValueError, RecursionError):
        raise BadToken("not JSON") from None
    if not isinstance(header, dict) or not isinstance(payload, dict):
        raise BadToken("not objects")
    if header.get("alg") != "RS256" or not set(header) <= HEADER or header.get("typ", "JWT") != "JWT":
        raise BadToken("a header that is not ours")  # none, an embedded key, crit
    return header, payload


def verify(token: str, key: rsa.RSAPublicKey) -> dict[str, Any]:
    """The document without the JWT's claims. Raises BadToken when the signature or a claim does not fit."""
    _header, payload = read(token)
    signed, _dot, signature = token.strip().rpartition(".")
    try:
        key.verify(unb64u(signature), signed.encode(), padding.PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError):
        raise BadToken("the signature does not fit") from None
    document = {name: value for name, value in payload.items() if name not in ("iss", "jti", "nbf", "sub", "exp")}
    try:
        expected = claims(document)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise BadToken("it says too little") from None
    if {name: payload.get(name) for name in expected} != expected or ("exp" in payload) != ("exp" in expected):
        raise BadToken("claims and document differ")
    return document
