"""What people are told: registered kinds with their wording, and the rows. The daily digest is in `portal.digests`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise

from portal.models import Notification, User

Text = str | Promise


@dataclass(frozen=True)
class Kind:
    """The wording of one kind. Texts may hold %(name)s parts, filled from the notification's params.

    `label` names it in preferences; `because` says why the reader gets it; `action` is the button. A kind that cannot be
    muted asks for something only this person can answer."""

    label: Text
    title: Text
    body: Text = ""
    because: Text = ""
    action: Text = ""
    icon: str = "bell"
    can_mute: bool = False


@dataclass(frozen=True)
class Wording:
    """One notification as it is read."""

    title: str
    body: str
    because: str
    action: str
    icon: str


KINDS: dict[str, Kind] = {}


def register(key: str, kind: Kind) -> None:
    KINDS[key] = kind


def wording(notification: Notification) -> Wording:
    """The notification in the reader's language. Raises KeyError for an unregistered kind."""
    kind = KINDS[notification.kind]
    params = {name: readable(name, value) for name, value in notification.params.items()}
    say = lambda text: str(text) % params if text else ""  # noqa: E731
    return Wording(say(kind.title), say(kind.body), say(kind.because), say(kind.action), kind.icon)


def readable(name: str, value: Any) -> Any:
    """Params named `on`, `until` or `…_on` hold ISO days, which are said as the reader's language says dates."""
    if not isinstance(value, str) or not (name in ("on", "until") or name.endswith("_on")):
        return value
    try:
        return date_format(date.fromisoformat(value), "j F Y")
    except ValueError:
        return value


def about(thing: models.Model) -> dict[str, Any]:
    """The columns that tie a notification to a thing, so that `close` finds it."""
    return {"about_kind": thing._meta.label_lower, "about_id": thing.pk}


def notify(
    user: User,
    kind: str,
    *,
    key: str,
    url: str = "",
    params: dict[str, Any] | None = None,
    asks: bool = False,
    thing: models.Model | None = None,
    now: datetime | None = None,
) -> None:
    """Tell one person one thing, once per `key`. Inactive people and service identities are never told anything."""
    KINDS[kind]
    row = Notification(
        user=user,
        kind=kind,
        key=key,
        url=url,
        params=params or {},
        asks=asks,
        created_at=now or timezone.now(),
        **(about(thing) if thing is not None else {}),
    )
    notify_many([row])


def notify_many(rows: Iterable[Notification]) -> None:
    """Insert notifications; one that the person already has (same key), or has muted, is left out."""
    wanted = [r for r in rows if r.user.is_active and not r.user.is_service and r.kind not in muted_by(r.user)]
    Notification.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=2_000)


def muted_by(user: User) -> set[str]:
    return {kind for kind in user.muted_kinds if kind in KINDS and KINDS[kind].can_mute}


def close(thing: models.Model, *, kinds: Iterable[str], now: datetime | None = None, user: User | None = None) -> None:
    """The question was answered: nobody is asked again about `thing`, and it is no news to those who were asked. With
    `user`, only that person is not asked any more."""
    close_many(type(thing), [thing.pk], kinds=kinds, now=now or timezone.now(), user=user)


def close_many(
    model: type[models.Model], ids: Iterable[int], *, kinds: Iterable[str], now: datetime, user: User | None = None
) -> int:
    """The same for many things of one kind, in one statement. Returns how many notifications were closed."""
    found = Notification.objects.filter(
        about_kind=model._meta.label_lower, about_id__in=list(ids), kind__in=list(kinds), closed_at=None
    )
    if user is not None:
        found = found.filter(user=user)
    return found.update(closed_at=now, read_at=Coalesce("read_at", models.Value(now)))
