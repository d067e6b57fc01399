"""Passwords for git: made, shown once, revoked; and who stands behind one that is used."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Clone, RepositoryToken
from catalog.permissions_marketplace import denial_to_use_repository
from portal import audit
from portal.models import User
from portal.permissions import allow
from portal.states import InvalidTransition

PREFIX, SHOWN = "trl_", 10
LONGEST_DAYS = 365
USED_AGAIN = timedelta(minutes=1)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make(clone: Clone, *, label: str, scope: str, days: int, by: User, now: datetime) -> tuple[RepositoryToken, str]:
    """The row and the secret, which is shown now and never again.

    Raises InvalidTransition when a token of this name opens it already: a second click makes no second token."""
    allow(denial_to_use_repository(by, clone.app))
    Clone.objects.select_for_update(of=("self",)).get(pk=clone.pk)
    if RepositoryToken.objects.standing(now).filter(repository=clone.repository_id, by=by, label=label).exists():
        raise InvalidTransition(
            _("You have a token called “%(label)s” already. Revoke it first, or choose another name.")
            % {"label": label}
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    token = RepositoryToken.objects.create(
        repository_id=clone.repository_id,
        by=by,
        label=label,
        scope=scope,
        prefix=secret[:SHOWN],
        digest=digest(secret),
        created_at=now,
        expires_at=now + timedelta(days=min(max(days, 1), LONGEST_DAYS)),
    )
    facts = {"label": label, "scope": scope, "prefix": token.prefix}
    audit.record("catalog.token_made", clone.app, by=by, now=now, facts=facts)
    return token, secret


@transaction.atomic
def revoke(token: RepositoryToken, clone: Clone, *, by: User, now: datetime) -> None:
    """From now on it opens nothing. Twice is once."""
    allow(denial_to_use_repository(by, clone.app))
    if RepositoryToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        audit.record("catalog.token_revoked", clone.app, by=by, now=now, facts={"prefix": token.prefix})


def standing(secret: str, *, now: datetime) -> RepositoryToken | None:
    """The token that this is, if it opens anything now and whoever made it is still here."""
    if not secret.startswith(PREFIX):
        return None
    found = RepositoryToken.objects.standing(now).filter(digest=digest(secret), by__is_active=True)
    token = found.select_related("by").first()
    if token is not None:
        stale = Q(last_used_at=None) | Q(last_used_at__lt=now - USED_AGAIN)
        RepositoryToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
    return token


audit.register(
    catalog__token_made=audit.Verb(gettext_lazy("Git token made"), "key-round", "info"),
    catalog__token_revoked=audit.Verb(gettext_lazy("Git token revoked"), "key-round", "warn"),
)
