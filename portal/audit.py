"""The audit log: every verb is registered with its wording, every event is written in the transaction of the change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.models import AuditEvent, User


@dataclass(frozen=True)
class Verb:
    """How an event reads: `label` is a sentence part in past tense ("Renewed"), `icon` a name of the sprite."""

    label: str | Promise
    icon: str = "history"
    tone: str = "mute"


VERBS: dict[str, Verb] = {}


def register(**verbs: Verb) -> None:
    """Register verbs; `catalog__app_renewed=` becomes `catalog.app_renewed`."""
    VERBS.update({name.replace("__", "."): verb for name, verb in verbs.items()})


PAGES: dict[str, str] = {}


def register_page(kind: str, url_name: str) -> None:
    """Events about `kind` link to the page `url_name`, whose one argument is the thing's number."""
    PAGES[kind] = url_name


def kind_of(subject: models.Model) -> str:
    """The word under which events about this thing are kept, e.g. `catalog.microapp`."""
    return subject._meta.label_lower


def event(
    verb: str,
    subject: models.Model,
    *,
    by: User | None,
    now: datetime | None = None,
    actor_name: str = "",
    reason: str = "",
    changes: Mapping[str, list[Any]] | None = None,
    facts: Mapping[str, Any] | None = None,
    run_id: int | None = None,
) -> AuditEvent:
    """An unsaved event, for writing many at once with `record_many`. Raises KeyError for an unregistered verb."""
    VERBS[verb]
    return AuditEvent(
        at=now or timezone.now(),
        actor=by,
        actor_name=actor_name or (str(by) if by else "Trellis"),
        verb=verb,
        subject_kind=kind_of(subject),
        subject_id=subject.pk,
        subject_name=str(subject)[:200],
        reason=reason,
        changes=dict(changes or {}),
        facts=dict(facts or {}),
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
        run_id=run_id,
    )


def record(verb: str, subject: models.Model, *, by: User | None, **details: Any) -> AuditEvent:
    """Write one event; call it inside the transaction of the change it tells of."""
    entry = event(verb, subject, by=by, **details)
    entry.save(force_insert=True)
    return entry


def record_many(events: Iterable[AuditEvent]) -> None:
    AuditEvent.objects.bulk_create(events, batch_size=2_000)


def plain(value: Any) -> Any:
    """A value as it is kept in `changes`: text, number, true/false, none or a list of these."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    return str(value)


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The fields whose values differ, as [before, after]."""
    return {name: [plain(before.get(name)), plain(value)] for name, value in after.items() if before.get(name) != value}


register(
    portal__person_added=Verb(_("Added"), "user-check", "ok"),
    portal__person_changed=Verb(_("Changed"), "pencil"),
    portal__person_left=Verb(_("Account closed"), "user-x", "warn"),
    portal__role_given=Verb(_("Role given"), "key-round", "info"),
    portal__role_taken=Verb(_("Role taken back"), "key-round", "warn"),
    portal__absence_added=Verb(_("Out of office set"), "calendar-clock"),
    portal__absence_ended=Verb(_("Out of office ended"), "calendar-clock"),
    portal__job_cancelled=Verb(_("Job stopped"), "ban"),
    portal__job_retried=Verb(_("Job started again"), "rotate-ccw"),
    portal__job_discarded=Verb(_("Job discarded"), "trash-2", "warn"),
)
register_page("portal.user", "person_detail")
register_page("portal.job", "job_detail")
