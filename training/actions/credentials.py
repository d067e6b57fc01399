"""Signing the credential of an award's term, and what the site publishes so that anybody can verify it."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError
from django.urls import reverse

from approvals.models import Policy
from training.badges import data_integrity, jws, keys, status_list
from training.badges.credential import Alignment, Issued, document
from training.badges.encoding import compact
from training.badges.published import Published
from training.keyring import current
from training.models import Award, Credential, PublicKey
from training.models.award import STATUS_SIZE

LIST_LIFE = timedelta(hours=1)


def issue(award: Award, *, now: datetime) -> Credential:
    """Sign the award's present term in both forms and keep them."""
    key, base = current(), settings.SITE_URL
    PublicKey.objects.get_or_create(
        name=key.name,
        defaults={"jwk": keys.public_jwk(key, base), "multikey": keys.multikey(key), "first_used_at": now},
    )
    index = free_index()
    found = document(issued_of(award, index, base))
    return Credential.objects.create(
        award=award,
        key_name=key.name,
        status_index=index,
        jwt=jws.sign(found, key, base),
        linked=compact(data_integrity.sign(found, key, base, created=now)),
        issued_at=now,
        valid_until=award.valid_until,
    )


def free_index() -> int:
    """A place of the list that nobody has, at random. Raises IntegrityError when the list is nearly full."""
    for _try in range(200):
        index = secrets.randbelow(STATUS_SIZE)
        if not Credential.objects.filter(status_index=index).exists():
            return index
    raise IntegrityError("the status list is full")


def issued_of(award: Award, index: int, base: str) -> Issued:
    certification = award.certification
    covered = Policy.objects.filter(slug__in=certification.policies, active__isnull=False).select_related("active")
    return Issued(
        base=base,
        issuer=settings.BADGE_ISSUER,
        number=award.public_id,
        holder=award.holder_id,
        email=award.user.email,
        salt=award.salt,
        slug=certification.slug,
        version=award.number,
        title=certification.title,
        description=certification.summary,
        criteria=certification.criteria,
        alignments=tuple(
            Alignment(policy.title, base + reverse("approvals:policy_detail", args=[policy.slug]),
                      f"{policy.slug}@{policy.active.number}")
            for policy in covered.order_by("slug")
            if policy.active
        ),
        first_awarded=award.first_awarded_at,
        valid_from=award.valid_from,
        valid_until=award.valid_until,
        status_index=index,
        score=str(award.score) if award.score is not None else None,
    )  # fmt: skip


def withdrawn() -> list[int]:
    return list(Credential.objects.exclude(revoked_at=None).values_list("status_index", flat=True))


def signed_list(*, now: datetime, as_jwt: bool, base: str = "") -> str:
    """The status list, signed now: verifiers differ on which form they take."""
    key, base = current(), base or settings.SITE_URL
    found = status_list.document(base, withdrawn(), valid_from=now - timedelta(minutes=5), valid_until=now + LIST_LIFE)
    if not as_jwt:
        return compact(data_integrity.sign(found, key, base, created=now))
    return jws.sign(found, key, base)


def signing_base() -> str:
    """The address that the newest key has signed for: a command does not know the port of a local site that runs."""
    newest = PublicKey.objects.order_by("-first_used_at", "-id").first()
    return str(newest.jwk["kid"]).split("/badges/keys/")[0] if newest else settings.SITE_URL


def published(*, now: datetime, base: str = "") -> Published:
    """What this issuer publishes: every key that ever signed, and the list as it is now."""
    rows = {row.name: (row.jwk, row.multikey) for row in PublicKey.objects.all()}
    key, base = current(), base or settings.SITE_URL
    rows.setdefault(key.name, (keys.public_jwk(key, base), keys.multikey(key)))
    return Published(
        base=base,
        name=settings.BADGE_ISSUER,
        jwks={jwk["kid"]: jwk for jwk, _multikey in rows.values()},
        multikeys=[multikey for _jwk, multikey in rows.values()],
        status=signed_list(now=now, as_jwt=True, base=base),
    )
