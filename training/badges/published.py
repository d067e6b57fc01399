"""What an issuer publishes: enough to verify a badge without asking anybody, kept in one JSON file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from training.badges.keys import did


class BadPublished(Exception):
    """The file is not what an issuer publishes. The text is a sentence."""


@dataclass(frozen=True)
class Published:
    """`jwks` by kid and `multikeys` are every key that ever signed; `status` is the signed list (JWT or JSON), or None when it
    could not be had."""

    base: str
    name: str
    jwks: Mapping[str, Mapping[str, str]]
    multikeys: Sequence[str]
    status: str | None

    @property
    def did(self) -> str:
        return did(self.base)

    def dump(self) -> str:
        return json.dumps(
            self.profile() | {"jwks": {"keys": list(self.jwks.values())}, "status": self.status}, indent=1
        )

    def profile(self) -> dict[str, Any]:
        """The issuer's profile, which is its DID document at the same time."""
        return {
            "@context": [
                "https://www.w3.org/ns/did/v1",
                "https://w3id.org/security/multikey/v1",
            ],
            "id": self.did,
            "type": ["Profile"],
            "name": self.name,
            "url": self.base,
            **self.methods(),
        }

    def did_document(self) -> dict[str, Any]:
        return {"@context": self.profile()["@context"], "id": self.did, **self.methods()}

    def methods(self) -> dict[str, Any]:
        names = [f"{self.did}#{key}" for key in self.multikeys]
        return {
            "verificationMethod": [
                {"id": name, "type": "Multikey", "controller": self.did, "publicKeyMultibase": key}
                for name, key in zip(names, self.multikeys, strict=True)
            ],
            "assertionMethod": names,
        }

    @classmethod
    def load(cls, text: str) -> "Published":
        """Raises BadPublished."""
        try:
            data = json.loads(text)
            found = cls(
                base=str(data["url"]),
                name=str(data["name"]),
                jwks={str(one["kid"]): one for one in data["jwks"]["keys"]},
                multikeys=[str(one["publicKeyMultibase"]) for one in data["verificationMethod"]],
                status=data.get("status"),
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            raise BadPublished(
                "This is not the file of an issuer. Save /badges/issuer/ of the site as a file."
            ) from None
        if found.did != data.get("id"):
            raise BadPublished("The file of the issuer contradicts itself: its address and its number differ.")
        return found
