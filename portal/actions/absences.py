"""Out of office: setting it and ending it early."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from portal import audit
from portal.actions.roles import fresh
from portal.models import Absence, User
from portal.permissions import allow, denial_to_end_absence
from portal.states import InvalidTransition

DAY = "j F Y"


@transaction.atomic
def add(person: User, *, fields: Mapping[str, Any], by: User, now: datetime) -> Absence:
    """Raises ValidationError when the days overlap an absence the person already has."""
    person = fresh(person)
    allow(denial_to_end_absence(by, person))
    absence = Absence(user=person, **fields)
    refuse_overlap(absence)
    absence.save(force_insert=True)
    audit.record("portal.absence_added", person, by=by, now=now, facts=days_of(absence))
    return absence


def refuse_overlap(absence: Absence) -> None:
    other = Absence.objects.filter(user=absence.user_id).touching(absence.starts_on, absence.ends_on).first()
    if other is not None:
        raise ValidationError(
            _("You are already out of office from %(first)s to %(last)s. End that absence first, or choose other days.")
            % {"first": formats.date_format(other.starts_on, DAY), "last": formats.date_format(other.ends_on, DAY)}
        )


@transaction.atomic
def end(absence: Absence, *, by: User, now: datetime) -> None:
    """Back early: yesterday was the last day. An absence that has not begun, or begins today, is gone altogether."""
    person = fresh(absence.user)
    allow(denial_to_end_absence(by, person))
    current = Absence.objects.select_for_update().filter(pk=absence.pk).first()
    today = person.local_date(now)
    if current is None or current.ends_on < today:
        raise InvalidTransition(_("This absence is over already."))
    facts = days_of(current)
    if current.starts_on >= today:
        current.delete()
    else:
        current.ends_on = today - timedelta(days=1)
        current.save(update_fields=["ends_on"])
    audit.record("portal.absence_ended", person, by=by, now=now, facts=facts)


def days_of(absence: Absence) -> dict[str, str | None]:
    return {
        "first_day": str(absence.starts_on),
        "last_day": str(absence.ends_on),
        "delegate": str(absence.delegate) if absence.delegate else None,
    }
