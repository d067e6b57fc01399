"""One sentence about a badge; only `valid` is a yes."""

import base64
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256

from tests.training.badges.making import BASE, NOW, issued, key, published
from training.badges import baking, data_integrity, jws, keys, picture, status_list
from training.badges.credential import document
from training.badges.encoding import b64u, compact, unb64u
from training.badges.published import BadPublished, Published
from training.badges.verification import Answer, verify

TOKEN = jws.sign(document(issued()), key(), BASE)
LINKED = compact(data_integrity.sign(document(issued()), key(), BASE, created=NOW))


def answer(data: str | bytes, issuer: Published | None = None, now=NOW) -> Answer:
    return verify(data if isinstance(data, bytes) else data.encode(), issuer or published(), now=now).answer


@pytest.mark.parametrize("credential", [TOKEN, LINKED], ids=["jwt", "json"])
def test_every_form_of_a_good_badge_is_valid(credential):
    svg = baking.bake_svg(picture.svg("Foundations", 1, "C4E"), credential).encode()
    png = baking.bake_png(picture.png("Foundations", 1, "C4E"), credential)
    for data in (credential.encode(), svg, png):
        verdict = verify(data, published(), now=NOW)
        assert verdict.is_valid
        assert verdict.sentence == (
            "Valid: Foundations, issued by Example C4E on 27 October 2026, valid until 27 October 2027."
        )


@pytest.mark.parametrize("credential", [TOKEN, LINKED], ids=["jwt", "json"])
def test_time_withdrawal_and_a_list_that_cannot_be_had_are_no(credential):
    assert answer(credential, now=NOW + timedelta(days=336)) in (Answer.EXPIRED, Answer.UNKNOWN_STATUS)
    later = replace(published(), status=fresh_list(NOW + timedelta(days=336)))
    assert answer(credential, later, NOW + timedelta(days=336)) == Answer.EXPIRED
    early = replace(published(), status=fresh_list(NOW - timedelta(days=31)))
    assert answer(credential, early, NOW - timedelta(days=31)) == Answer.NOT_YET
    assert answer(credential, published(7)) == Answer.REVOKED
    assert answer(credential, published(6, 8)) == Answer.VALID
    assert answer(credential, replace(published(), status=None)) == Answer.UNKNOWN_STATUS
    assert answer(credential, published(signed_by=keys.generate("2026-9"))) == Answer.UNKNOWN_STATUS
    assert answer(credential, now=NOW + timedelta(hours=2)) == Answer.UNKNOWN_STATUS  # the list is too old


def fresh_list(now):

    listed = status_list.document(BASE, [], valid_from=now - timedelta(minutes=1), valid_until=now + timedelta(hours=1))
    return jws.sign(listed, key(), BASE)


def resigned(header: dict, payload: dict, signature: bytes = b"x" * 256) -> str:
    return f"{b64u(compact(header).encode())}.{b64u(compact(payload).encode())}.{b64u(signature)}"


def test_forged_tokens_are_refused():
    header, payload = jws.read(TOKEN)
    stranger = keys.generate("2026-1")
    own = jws.sign(document(issued()), stranger, BASE)  # the same kid, another key
    head, _dot, rest = TOKEN.partition(".")
    body, _dot, signature = rest.partition(".")
    changed = f"{head}.{b64u(compact(payload | {'fastLane': True}).encode())}.{signature}"
    assert answer(own) == Answer.TAMPERED
    assert answer(changed) == Answer.TAMPERED
    assert answer(resigned(header | {"alg": "none"}, payload, b"")) == Answer.TAMPERED
    assert answer(resigned(header | {"jwk": keys.public_jwk(stranger, BASE)}, payload)) == Answer.TAMPERED
    assert answer(resigned(header | {"crit": ["x"]}, payload)) == Answer.TAMPERED
    assert answer(jws.sign(document(issued()), keys.generate("2031-1"), BASE)) == Answer.UNKNOWN_KEY
    assert answer(TOKEN[:-4] + "AAAA") == Answer.TAMPERED
    for text in ("", "a.b", "a.b.c", "{", "{}", "[]", TOKEN + "."):
        assert answer(text) in (Answer.TAMPERED, Answer.UNREADABLE)


def test_claims_that_say_something_else_than_the_document_are_refused():
    head, payload = jws.read(TOKEN)
    for name, value in (
        ("exp", payload["exp"] + 1),
        ("sub", "urn:uuid:x"),
        ("iss", "did:web:evil.example"),
        ("jti", "x"),
    ):
        signing = f"{b64u(compact(head).encode())}.{b64u(compact(payload | {name: value}).encode())}"

        token = f"{signing}.{b64u(key().rsa.sign(signing.encode(), padding.PKCS1v15(), SHA256()))}"
        assert answer(token) == Answer.TAMPERED


def test_a_term_added_to_a_signed_document_is_refused_though_canonical_form_drops_it():
    signed = json.loads(LINKED)
    for change in ({"fastLane": True}, {"credentialSubject": {**signed["credentialSubject"], "roleGranted": "admin"}}):
        assert answer(compact({**signed, **change})) == Answer.TAMPERED


def test_an_old_badge_keeps_verifying_after_the_key_was_changed():
    newer = published(known=(key("2026-2"), key()), signed_by=key("2026-2"))
    assert answer(TOKEN, newer) == answer(LINKED, newer) == Answer.VALID
    assert answer(TOKEN, published(known=(key("2026-2"),))) == Answer.UNKNOWN_KEY


def test_a_badge_of_another_issuer_is_not_ours():
    other = "https://other.example"
    theirs = jws.sign(document(issued(base=other)), key(), BASE)
    assert answer(theirs) == Answer.WRONG_ISSUER


def test_what_an_issuer_publishes_is_kept_in_one_file():
    found = published(7)
    again = Published.load(found.dump())
    assert again == replace(found, jwks=again.jwks) and dict(again.jwks) == dict(found.jwks)
    assert again.did_document()["assertionMethod"][0].startswith("did:web:c4e.example.com#z")
    for text in ("", "{}", "[]", found.dump().replace('"id": "did:web:c4e', '"id": "did:web:evil')):
        with pytest.raises(BadPublished):
            Published.load(text)


def test_a_port_is_part_of_the_did():
    assert keys.did("http://127.0.0.1:8000") == "did:web:127.0.0.1%3A8000"


def test_the_encodings_are_those_of_the_standards():
    assert unb64u(b64u(b"\xff\xfe")) == b"\xff\xfe" == base64.urlsafe_b64decode("__4=")
