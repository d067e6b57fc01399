"""Secret answers between the form and the rendering: kept encrypted with the site's key, erased when the app is made."""

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def box() -> MultiFernet:
    """Sealed with the key of today, opened with those before it too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"trellis.clone" + key.encode()).digest())) for key in keys]
    )


def seal(answers: dict[str, Any]) -> str:
    return box().encrypt(json.dumps(answers).encode()).decode() if answers else ""


def unseal(text: str) -> dict[str, Any]:
    """The answers; none when the key they were sealed with is gone, so that they are asked for again."""
    if not text:
        return {}
    try:
        found: dict[str, Any] = json.loads(box().decrypt(text.encode()))
    except InvalidToken:
        return {}
    return found
