"""Editing a thing that somebody else may be editing too: the editor sends back a mark of the values they saw."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from portal import audit


class Stale(Exception):
    """The thing changed while it was being edited. The text is a sentence for the editor."""


def mark(thing: models.Model, fields: Iterable[str]) -> str:
    """A short mark that differs when any of these values does."""
    values = {name: audit.plain(thing._meta.get_field(name).value_from_object(thing)) for name in sorted(fields)}  # type: ignore[union-attr]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]


def write(thing: models.Model, fields: Mapping[str, Any], *, seen: str = "") -> dict[str, list[Any]]:
    """Save `fields` on a locked thing and return what changed. Raises Stale when it no longer bears the mark `seen`."""
    if seen and seen != mark(thing, fields):
        raise Stale(
            _("Somebody else changed %(thing)s while you were editing. Check the values below and save again.")
            % {"thing": thing}
        )
    changes = audit.changes_between({name: getattr(thing, name) for name in fields}, fields)
    if changes:
        for name in changes:
            setattr(thing, name, fields[name])
        thing.save(update_fields=list(changes))
    return changes
