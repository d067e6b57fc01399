"""A credential with an embedded proof: eddsa-rdfc-2022."""

import hashlib
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ed25519
from pyld import jsonld

from training.badges.contexts import UnknownContext, loader, refuse_unknown_terms
from training.badges.encoding import base58, stamp, unbase58
from training.badges.keys import SigningKey, did, multikey

PROOF = {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}


class BadProof(Exception):
    """No proof of this kind, or one that does not fit the document."""


def method(key: SigningKey, base: str) -> str:
    return f"{did(base)}#{multikey(key)}"


def sign(document: dict[str, Any], key: SigningKey, base: str, *, created: datetime) -> dict[str, Any]:
    refuse_unknown_terms(document)
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": stamp(created),
        "verificationMethod": method(key, base),
        "proofPurpose": "assertionMethod",
    }
    value = "z" + base58(key.ed25519.sign(digest(document, options)))
    return {**document, "proof": [{**options, "proofValue": value}]}


def digest(document: dict[str, Any], options: dict[str, Any]) -> bytes:
    parts = ({"@context": document["@context"], **options}, document)
    return b"".join(hashlib.sha256(canonical(part).encode()).digest() for part in parts)


def canonical(document: dict[str, Any]) -> str:
    text: str = jsonld.normalize(
        document, {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": loader}
    )
    return text


def proof_of(document: dict[str, Any]) -> dict[str, Any]:
    """The one proof. Raises BadProof."""
    proof = document.get("proof")
    if isinstance(proof, list):
        proof = proof[0] if len(proof) == 1 else None
    if not isinstance(proof, dict) or set(proof) != PROOF:
        raise BadProof("not one proof of this kind")
    if proof["type"] != "DataIntegrityProof" or proof["cryptosuite"] != "eddsa-rdfc-2022":
        raise BadProof("another kind of proof")
    if proof["proofPurpose"] != "assertionMethod" or not isinstance(proof["verificationMethod"], str):
        raise BadProof("another purpose")
    return proof


def verify(document: dict[str, Any], key: ed25519.Ed25519PublicKey) -> dict[str, Any]:
    """The document without its proof. Raises BadProof; also for a term that no pinned context defines, because it would not
    be covered by the signature."""
    proof = proof_of(document)
    bare = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        refuse_unknown_terms(bare)
        if not str(proof["proofValue"]).startswith("z"):
            raise BadProof("not base58")
        key.verify(unbase58(proof["proofValue"][1:]), digest(bare, options))
    except (InvalidSignature, UnknownContext, ValueError, KeyError, TypeError, jsonld.JsonLdError):
        raise BadProof("the proof does not fit") from None
    return bare
