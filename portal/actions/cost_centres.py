"""Who pays: opening, changing and closing cost centres."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal import audit, edits
from portal.models import CostCentre, User
from portal.permissions import allow, denial_to_change_people


@transaction.atomic
def add(*, fields: Mapping[str, Any], by: User, now: datetime) -> CostCentre:
    allow(denial_to_change_people(by))
    centre = CostCentre.objects.create(**fields)
    audit.record("portal.cost_centre_added", centre, by=by, now=now)
    return centre


@transaction.atomic
def change(centre: CostCentre, *, fields: Mapping[str, Any], by: User, now: datetime, seen: str = "") -> CostCentre:
    """Closing is the change of `is_open`: old records keep the cost centre, new ones no longer offer it."""
    allow(denial_to_change_people(by))
    centre = CostCentre.objects.select_for_update(of=("self",)).get(pk=centre.pk)
    changes = edits.write(centre, fields, seen=seen)
    if changes:
        audit.record("portal.cost_centre_changed", centre, by=by, now=now, changes=changes)
    return centre


audit.register(
    portal__cost_centre_added=audit.Verb(_("Added"), "plus", "ok"),
    portal__cost_centre_changed=audit.Verb(_("Changed"), "pencil"),
)
