"""What happened to one thing, as rows for the `timeline` component: the verb in words, fields by their labels."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from portal import audit
from portal.models import AuditEvent

Change = tuple[str, str, str]


@dataclass(frozen=True)
class Entry:
    """One event as it is read. `changes` are rows of (field, before, after) for the `diff` component."""

    pk: int
    at: datetime
    title: str
    glyph: str
    tone: str
    actor: str
    reason: str = ""
    url: str = ""
    subject: str = ""
    subject_url: str = ""
    kind: str = ""
    run_id: int | None = None
    changes: list[Change] = field(default_factory=list)


def events_of(thing: models.Model, *, limit: int | None = None) -> list[Entry]:
    """Everything that happened to `thing`, newest first; one query."""
    found = AuditEvent.objects.about(audit.kind_of(thing), thing.pk)
    return entries(found[:limit] if limit else found)


def entries(events: Iterable[AuditEvent]) -> list[Entry]:
    return [entry(event) for event in events]


def entry(event: AuditEvent) -> Entry:
    """The event in the reader's language. A verb that nobody registers any more is shown by its name."""
    verb = audit.VERBS.get(event.verb, audit.Verb(event.verb))
    return Entry(
        pk=event.pk,
        at=event.at,
        title=str(verb.label),
        glyph=verb.icon,
        tone=verb.tone,
        actor=event.actor_name,
        reason=event.reason,
        subject=event.subject_name,
        subject_url=subject_url(event.subject_kind, event.subject_id),
        kind=kind_label(event.subject_kind),
        run_id=event.run_id,
        changes=changes_in_words(event.subject_kind, event.changes),
    )


@cache
def model_of(kind: str) -> type[models.Model] | None:
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def kind_label(kind: str) -> str:
    model = model_of(kind)
    return str(model._meta.verbose_name) if model else kind


def subject_url(kind: str, pk: int) -> str:
    """The page of the thing, when its package registered one with `audit.register_page`."""
    name = audit.PAGES.get(kind)
    if name is None:
        return ""
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return ""


def changes_in_words(kind: str, changes: dict[str, Any]) -> list[Change]:
    model = model_of(kind)
    return [change_in_words(model, name, pair) for name, pair in changes.items()]


def change_in_words(model: type[models.Model] | None, name: str, pair: Any) -> Change:
    """One row. A value that is not a [before, after] pair counts as what came after."""
    before, after = pair if isinstance(pair, list) and len(pair) == 2 else (None, pair)
    column = {f.name: f for f in model._meta.fields}.get(name) if model else None
    label = str(column.verbose_name) if column is not None else name.replace("_", " ")
    label = label[:1].upper() + label[1:]
    return label, in_words(before, column), in_words(after, column)


def facts_in_words(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """The evidence of an event: names as they are kept, which are the same in every language, and readable values."""
    return [(name, in_words(value)) for name, value in facts.items()]


def in_words(value: Any, column: Any = None) -> str:
    """A kept value as text: choices by their label, dates in the reader's format, lists with commas."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(in_words(part, column) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {in_words(part)}" for name, part in value.items())
    if column is not None and column.flatchoices:
        return str(dict(column.flatchoices).get(value, value))
    return moment_in_words(str(value), column)


def moment_in_words(text: str, column: Any) -> str:
    """Dates and times by the reader's calendar; any other text as it is."""
    try:
        if isinstance(column, models.DateTimeField):
            moment = parse_datetime(text)
            if moment and timezone.is_aware(moment):
                return formats.date_format(timezone.localtime(moment), "j F Y, H:i")
        elif isinstance(column, models.DateField) and isinstance(day := parse_date(text), date):
            return formats.date_format(day, "j F Y")
    except ValueError:
        return text
    return text
