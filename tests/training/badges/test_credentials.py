"""Credentials: what stands in them, their schema, and other people's code that verifies them."""

import hashlib
import json
from pathlib import Path

import jsonschema_rs
import jwt as pyjwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from openbadgeslib.ob3 import OB3Verifier

from tests.training.badges.making import BASE, NOW, issued, key
from training.badges import data_integrity, encoding, jws, keys, status_list
from training.badges.contexts import UnknownContext, context, loader, refuse_unknown_terms
from training.badges.credential import document

SCHEMA = jsonschema_rs.Draft202012Validator(
    json.loads(Path(__file__).with_name("schema.json").read_text()), validate_formats=True
)


def public_pem() -> bytes:
    return key().rsa.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def test_every_form_fits_the_schema_of_the_standard():
    plain = document(issued())
    signed = data_integrity.sign(plain, key(), BASE, created=NOW)
    payload = jws.read(jws.sign(plain, key(), BASE))[1]
    for found in (plain, signed, payload, document(issued(score=None, alignments=()))):
        assert [error.message for error in SCHEMA.iter_errors(found)] == []


@pytest.mark.parametrize("missing", ["validFrom", "issuer", "credentialSubject"])
def test_the_schema_would_notice(missing):
    assert not SCHEMA.is_valid({name: value for name, value in document(issued()).items() if name != missing})


def test_neither_name_nor_address_of_the_holder_is_in_it():
    text = json.dumps(document(issued()))
    assert "priya" not in text.lower() and "urn:uuid:" in text
    hashed = document(issued())["credentialSubject"]["identifier"][0]["identityHash"]

    assert hashed == "sha256$" + hashlib.sha256(b"priya@example.com5a17").hexdigest()


def test_nothing_is_null_and_no_list_is_empty():
    def walk(node):
        assert node is not None and node != [] and node != {}
        for one in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
            walk(one)

    walk(document(issued(score=None, alignments=())))


def test_somebody_elses_code_verifies_the_jwt():
    token = jws.sign(document(issued()), key(), BASE)
    payload = pyjwt.decode(
        token, public_pem(), algorithms=["RS256"], options={"verify_exp": False, "verify_nbf": False}
    )
    assert payload["sub"] == payload["credentialSubject"]["id"] and payload["jti"] == payload["id"]
    assert pyjwt.get_unverified_header(token) == {
        "alg": "RS256", "kid": f"{BASE}/badges/keys/2026-1/", "typ": "JWT",
    }  # fmt: skip
    verified = OB3Verifier(public_pem(), issuer_did=keys.did(BASE)).verify(token)
    assert verified.credential.name == "Foundations" if hasattr(verified, "credential") else verified


def test_the_published_jwk_is_the_key():
    jwk = keys.public_jwk(key(), BASE)
    assert keys.public_rsa(jwk).public_numbers() == key().rsa.public_key().public_numbers()
    assert pyjwt.PyJWK(jwk).key.public_numbers() == key().rsa.public_key().public_numbers()


def test_the_proof_verifies_and_breaks_with_any_change():
    signed = data_integrity.sign(document(issued()), key(), BASE, created=NOW)
    public = key().ed25519.public_key()
    assert data_integrity.verify(signed, public) == document(issued())
    for change in (
        {"name": "Steward"},
        {"validUntil": "2099-01-01T00:00:00Z"},
        {"fastLane": True},
        {"role_granted": "x"},
    ):
        with pytest.raises(data_integrity.BadProof):
            data_integrity.verify({**signed, **change}, public)
    subject = {**signed["credentialSubject"], "fastLane": True}
    with pytest.raises(data_integrity.BadProof):
        data_integrity.verify({**signed, "credentialSubject": subject}, public)


def test_keys_are_kept_as_text_and_read_back():
    both = [key("2026-1"), key("2026-2")]
    again = keys.load(keys.dump(both))
    assert [one.name for one in again] == ["2026-1", "2026-2"]
    assert keys.public_jwk(again[0], BASE) == keys.public_jwk(both[0], BASE)
    assert (
        keys.public_ed25519(keys.multikey(again[1])).public_bytes_raw()
        == both[1].ed25519.public_key().public_bytes_raw()
    )


@pytest.mark.parametrize("text", ["", "{}", '{"keys": []}', '{"keys": [{"name": "a", "rsa": "x", "ed25519": "y"}]}'])
def test_keys_that_cannot_be_read_say_what_to_do(text):
    with pytest.raises(keys.BadKeys, match="badge_keys|at least one"):
        keys.load(text)


def test_one_name_twice_is_refused():
    with pytest.raises(keys.BadKeys, match="a name of its own"):
        keys.load(keys.dump([key(), key()]))


def test_only_pinned_contexts_are_loaded():
    with pytest.raises(UnknownContext):
        loader("https://evil.example/context.json")
    assert context("https://www.w3.org/ns/credentials/v2")
    with pytest.raises(UnknownContext):
        refuse_unknown_terms({"name": "a", "fastLane": True})


def test_bits_are_counted_from_the_left_and_the_list_is_as_long_as_the_standard_asks():
    bits = status_list.decode(status_list.encode([0, 9, 131_071]))
    assert (bits[0], bits[1], bits[-1]) == (0b1000_0000, 0b0100_0000, 1) and len(bits) * 8 == 131_072
    assert [n for n in (0, 1, 9, 131_071) if status_list.is_set(bits, n)] == [0, 9, 131_071]
    for text in ("", "x", "uAAAA", "u" + encoding.b64u(b"no gzip")):
        with pytest.raises(ValueError):
            status_list.decode(text)


@pytest.mark.parametrize("text", ["a=", "a b", "é", "AB\n"])
def test_base64url_has_one_form_only(text):
    with pytest.raises(ValueError):
        encoding.unb64u(text)
