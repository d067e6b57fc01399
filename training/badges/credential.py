"""The credential of an award, as an Open Badges 3.0 document that is not signed yet."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from training.badges.contexts import CREDENTIALS, EXTENSIONS, OPEN_BADGES
from training.badges.encoding import stamp
from training.badges.keys import did

SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"


@dataclass(frozen=True)
class Alignment:
    """One version of a policy that the badge covers."""

    name: str
    url: str
    code: str


@dataclass(frozen=True)
class Issued:
    """What a credential says. `holder` stands for the person and is no address; the mail address is only hashed with
    `salt`, so that the holder can prove it is theirs. `score` is in percent. `base` is the site's address."""

    base: str
    issuer: str
    number: UUID
    holder: UUID
    email: str
    salt: str
    slug: str
    version: int
    title: str
    description: str
    criteria: str
    alignments: tuple[Alignment, ...]
    first_awarded: datetime
    valid_from: datetime
    valid_until: datetime
    status_index: int
    score: str | None = None


def document(issued: Issued) -> dict[str, Any]:
    """Sets are lists even of one; nothing is null or empty; neither name nor mail address stands in it."""
    base = issued.base
    achievement_id = f"{base}/badges/achievements/{issued.slug}/{issued.version}/"
    score_id = f"{achievement_id}#score"
    achievement: dict[str, Any] = {
        "id": achievement_id,
        "type": ["Achievement"],
        "achievementType": "Certification",
        "version": str(issued.version),
        "name": issued.title,
        "description": issued.description,
        "criteria": {"narrative": issued.criteria},
        "image": {"id": f"{base}/badges/pictures/{issued.slug}.svg", "type": "Image", "caption": issued.title},
    }
    if issued.alignments:
        achievement["alignment"] = [
            {
                "type": ["Alignment"],
                "targetName": one.name,
                "targetUrl": one.url,
                "targetCode": one.code,
                "targetFramework": issued.issuer,
            }
            for one in issued.alignments
        ]
    subject: dict[str, Any] = {
        "id": f"urn:uuid:{issued.holder}",
        "type": ["AchievementSubject"],
        "identifier": [identity(issued.email, issued.salt)],
        "achievement": achievement,
    }
    if issued.score is not None:
        achievement["resultDescription"] = [
            {"id": score_id, "type": ["ResultDescription"], "name": "Score", "resultType": "Percent",
             "valueMin": "0", "valueMax": "100"}
        ]  # fmt: skip
        subject["result"] = [{"type": ["Result"], "resultDescription": score_id, "value": issued.score}]
    return {
        "@context": [CREDENTIALS, OPEN_BADGES, EXTENSIONS],
        "id": f"{base}/verify/{issued.number}/",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": issued.title,
        "issuer": {"id": did(base), "type": ["Profile"], "name": issued.issuer, "url": base},
        "validFrom": stamp(issued.valid_from),
        "validUntil": stamp(issued.valid_until),
        "awardedDate": stamp(issued.first_awarded),
        "credentialSubject": subject,
        "credentialSchema": [{"id": SCHEMA, "type": "1EdTechJsonSchemaValidator2019"}],
        "credentialStatus": {
            "id": f"{status_url(base)}#{issued.status_index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(issued.status_index),
            "statusListCredential": status_url(base),
        },
    }


def status_url(base: str) -> str:
    return f"{base}/badges/status/"


def identity(email: str, salt: str) -> dict[str, Any]:
    hashed = hashlib.sha256((email + salt).encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": True,
        "salt": salt,
        "identityType": "emailAddress",
        "identityHash": f"sha256${hashed}",
    }
