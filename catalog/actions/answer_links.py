"""A link in a mail that answers for one person about one app, once. Reading it changes nothing; only the answer does."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from catalog.models import AnswerLink, MicroApp
from catalog.rules import RuleBook
from catalog.terms import grace_ends_on
from portal.models import User

LONGEST = timedelta(days=45)


class Dead(Exception):
    """The link exists and no longer answers: it was used, its time is over, or the term has moved on."""


class Unknown(Exception):
    """No such link was ever sent."""


@dataclass(frozen=True)
class Question:
    """A link that still answers, with what it asks about."""

    link: AnswerLink
    app: MicroApp
    person: User


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def make(app: MicroApp, person: User, *, now: datetime, book: RuleBook | None = None) -> str:
    """The path of a new link; only its digest is kept. It is good until the grace is over, and 45 days at most."""
    assert app.expires_on is not None  # only live apps are asked about
    grace = (book or RuleBook.load()).for_app("grace", app)
    days = (grace_ends_on(app.expires_on, grace) - app.owner.local_date(now)).days + 1
    token = secrets.token_urlsafe(32)
    AnswerLink.objects.create(
        token_digest=digest_of(token),
        app=app,
        person=person,
        term_end=app.expires_on,
        created_at=now,
        expires_at=now + min(max(timedelta(days=days), timedelta(days=1)), LONGEST),
    )
    return reverse("catalog:answer", args=[token])


def find(token: str, *, now: datetime, lock: bool = False) -> Question:
    """The question behind a token. Raises Unknown or Dead."""
    links = AnswerLink.objects.select_related("app__owner", "app__second_owner", "app__business_unit", "person")
    if lock:
        links = links.select_for_update(of=("self",))
    link = links.filter(token_digest=digest_of(token)).first()
    if link is None:
        raise Unknown
    is_over = link.used_at is not None or now >= link.expires_at
    if is_over or not link.person.is_active or not link.app.is_live or link.app.expires_on != link.term_end:
        raise Dead
    return Question(link, link.app, link.person)


def redeem(token: str, answer: Callable[[MicroApp, User], None], *, now: datetime) -> Question:
    """Give the answer in the name of the person the link was sent to, and use the link up; both or neither."""
    with transaction.atomic():
        question = find(token, now=now, lock=True)
        answer(question.app, question.person)
        question.link.used_at = now
        question.link.save(update_fields=["used_at"])
        return question
