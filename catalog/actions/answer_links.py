"""A link in a mail that answers for one person about one app, once. Reading it changes nothing; only the answer does."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from catalog.models import AnswerLink, MicroApp
from catalog.permissions import denial_to_care
from catalog.rules import RuleBook
from catalog.terms import grace_ends_on
from portal.digest_mail import LINKS
from portal.models import Notification, User

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
    links = AnswerLink.objects.select_related(
        "app__owner__manager", "app__second_owner", "app__business_unit", "person"
    ).prefetch_related("person__groups")
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


def link_in_mail(row: Notification, reader: User) -> str:
    """Where the digest's line about an ending term leads: a link that answers, for who may answer; else the app's page."""
    app = MicroApp.objects.live().with_people().filter(pk=row.about_id or 0).first()
    if app is None or denial_to_care(reader, app) is not None:
        return row.url
    return make(app, reader, now=timezone.now())


LINKS.update(dict.fromkeys(("term_ends", "term_over"), link_in_mail))
