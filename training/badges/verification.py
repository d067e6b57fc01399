"""Is this badge good? The answer is one sentence, and only `valid` is a yes.

Whatever is not proved is a no: a list that cannot be had, a key that the issuer does not publish, a property nobody signed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from training.badges import data_integrity, jws, status_list
from training.badges.baking import NotBaked, unbake
from training.badges.contexts import CREDENTIALS, EXTENSIONS, OPEN_BADGES, UnknownContext, refuse_unknown_terms
from training.badges.credential import status_url
from training.badges.data_integrity import BadProof
from training.badges.encoding import seconds
from training.badges.jws import BadToken
from training.badges.keys import public_ed25519, public_rsa
from training.badges.published import Published


class Answer(StrEnum):
    VALID = "valid"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    REVOKED = "revoked"
    TAMPERED = "tampered"
    UNKNOWN_KEY = "unknown_key"
    UNKNOWN_STATUS = "unknown_status"
    WRONG_ISSUER = "wrong_issuer"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Verdict:
    answer: Answer
    sentence: str
    document: dict[str, Any] | None = None

    @property
    def is_valid(self) -> bool:
        return self.answer == Answer.VALID


class No(Exception):
    def __init__(self, answer: Answer, sentence: str) -> None:
        super().__init__(sentence)
        self.answer = answer


def verify(data: bytes, issuer: Published, *, now: datetime) -> Verdict:
    """`data` is a JWT, JSON with a proof, or an SVG or PNG that carries one of them."""
    try:
        document = proved(unbake(data), issuer)
        refuse_other_shapes(document, issuer)
        said = {
            "badge": str(document["name"]),
            "issuer": issuer.name,
            "since": date_format(datetime.fromisoformat(document["validFrom"]), "j F Y"),
            "until": date_format(datetime.fromisoformat(document["validUntil"]), "j F Y"),
        }
        if is_withdrawn(document, issuer, now):
            raise No(Answer.REVOKED, _("Withdrawn: %(badge)s was taken back by %(issuer)s.") % said)
        if now.timestamp() < seconds(document["validFrom"]):
            raise No(Answer.NOT_YET, _("Not valid yet: %(badge)s of %(issuer)s begins on %(since)s.") % said)
        if now.timestamp() > seconds(document["validUntil"]):
            raise No(Answer.EXPIRED, _("Expired: %(badge)s of %(issuer)s was valid until %(until)s.") % said)
    except NotBaked as no:
        return Verdict(Answer.UNREADABLE, str(no))
    except No as no:
        return Verdict(no.answer, str(no))
    sentence = _("Valid: %(badge)s, issued by %(issuer)s on %(since)s, valid until %(until)s.") % said
    return Verdict(Answer.VALID, sentence, document)


def proved(text: str, issuer: Published) -> dict[str, Any]:
    """The document, once its signature fits a key that the issuer publishes."""
    if text.lstrip().startswith("{"):
        return proved_json(text, issuer)
    try:
        header, _payload = jws.read(text)
        jwk = issuer.jwks.get(str(header.get("kid")))
        if jwk is None:
            raise No(Answer.UNKNOWN_KEY, _("Not valid: it was signed with a key that %(issuer)s does not publish.") % {
                "issuer": issuer.name})  # fmt: skip
        return jws.verify(text, public_rsa(dict(jwk)))
    except (BadToken, ValueError, KeyError):
        raise tampered() from None


def proved_json(text: str, issuer: Published) -> dict[str, Any]:
    try:
        document = json.loads(text)
        did, _hash, key = str(data_integrity.proof_of(document)["verificationMethod"]).partition("#")
        if did != issuer.did or key not in issuer.multikeys:
            raise No(Answer.UNKNOWN_KEY, _("Not valid: it was signed with a key that %(issuer)s does not publish.") % {
                "issuer": issuer.name})  # fmt: skip
        return data_integrity.verify(document, public_ed25519(key))
    except (BadProof, ValueError, KeyError, AttributeError, RecursionError):
        raise tampered() from None


def tampered() -> No:
    return No(Answer.TAMPERED, _("Not valid: the badge was altered after it was signed, or is no badge."))


def refuse_other_shapes(document: dict[str, Any], issuer: Published) -> None:
    """Signed, and also what a badge of this issuer is."""
    try:
        refuse_unknown_terms(document)
        named = document["issuer"]["id"] if isinstance(document["issuer"], dict) else document["issuer"]
        subject, contexts = document["credentialSubject"], document["@context"]
        fits = (
            "OpenBadgeCredential" in document["type"]
            and contexts == [CREDENTIALS, OPEN_BADGES, EXTENSIONS]
            and subject["achievement"]["name"]
            and (subject.get("id") or subject.get("identifier"))
        )
        seconds(document["validFrom"]), seconds(document["validUntil"])
    except (UnknownContext, KeyError, TypeError, ValueError):
        raise tampered() from None
    if named != issuer.did:
        raise No(Answer.WRONG_ISSUER, _("Not valid: it does not come from %(issuer)s.") % {"issuer": issuer.name})
    if not fits:
        raise tampered()


def is_withdrawn(document: dict[str, Any], issuer: Published, now: datetime) -> bool:
    """Read from the issuer's signed list. Without a list that proves itself nobody can say, which is no yes."""
    unknown = No(
        Answer.UNKNOWN_STATUS, _("Not verified: whether it was withdrawn cannot be found out now. Try again later.")
    )
    status = document.get("credentialStatus")
    try:
        if not isinstance(status, dict) or status["type"] != "BitstringStatusListEntry":
            raise unknown
        if status["statusListCredential"] != status_url(issuer.base) or status["statusPurpose"] != "revocation":
            raise unknown
        if issuer.status is None:
            raise unknown
        listed = read_list(issuer.status, issuer)
        if now.timestamp() > seconds(listed["validUntil"]) or listed["id"] != status_url(issuer.base):
            raise unknown
        return status_list.is_set(
            status_list.decode(listed["credentialSubject"]["encodedList"]), int(status["statusListIndex"])
        )
    except (KeyError, ValueError, IndexError, TypeError):
        raise unknown from None


def read_list(text: str, issuer: Published) -> dict[str, Any]:
    read: Callable[[str, Published], dict[str, Any]] = proved
    try:
        return read(text, issuer)
    except No:
        raise ValueError("a list that does not prove itself") from None
