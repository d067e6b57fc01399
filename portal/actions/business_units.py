"""The tree of business units."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from portal import audit, edits
from portal.models import BusinessUnit, User
from portal.permissions import allow, denial_to_change_people

TREE = 7_271  # the advisory lock of the tree: two moves at once could otherwise close a circle


@transaction.atomic
def add(*, fields: Mapping[str, Any], by: User, now: datetime) -> BusinessUnit:
    allow(denial_to_change_people(by))
    unit = BusinessUnit.objects.create(**fields)
    audit.record("portal.unit_added", unit, by=by, now=now, facts={"code": unit.code})
    return unit


@transaction.atomic
def change(unit: BusinessUnit, *, fields: Mapping[str, Any], by: User, now: datetime, seen: str = "") -> BusinessUnit:
    """Raises ValidationError when the unit would become part of itself."""
    allow(denial_to_change_people(by))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TREE])
    unit = BusinessUnit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    changes = edits.write(unit, fields, seen=seen)
    unit.clean()
    if changes:
        audit.record("portal.unit_changed", unit, by=by, now=now, changes=changes)
    return unit


audit.register(
    portal__unit_added=audit.Verb(_("Added"), "plus", "ok"),
    portal__unit_changed=audit.Verb(_("Changed"), "pencil"),
)
