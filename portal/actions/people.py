"""Making, changing, inviting and closing accounts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import audit, departures, edits, jobs
from portal.actions.roles import fresh, keep_one_administrator, lock_administrators, settle
from portal.models import Job, User
from portal.models.user import Role
from portal.permissions import allow, denial_to_change_people, denial_to_change_person, denial_to_deactivate
from portal.states import InvalidTransition


@transaction.atomic
def add(*, fields: Mapping[str, Any], by: User, now: datetime) -> User:
    """A new account without a password: the person sets one from the invitation, or signs in at the company's provider."""
    allow(denial_to_change_people(by))
    person = User.objects.create_user(password=None, date_joined=now, **fields)
    audit.record("portal.person_added", person, by=by, now=now, facts={"email": person.email})
    return person


@transaction.atomic
def change(person: User, *, fields: Mapping[str, Any], by: User, now: datetime, seen: str = "") -> User:
    """Write these fields. A last working day that is set or moved tells every package that the person leaves."""
    person = fresh(person)
    allow(denial_to_change_person(by, person, fields))
    changes = edits.write(person, fields, seen=seen)
    if changes:
        audit.record("portal.person_changed", person, by=by, now=now, changes=changes)
    if "leaves_on" in changes and person.leaves_on is not None:
        departures.leaving(person, on=person.leaves_on, by=by, now=now)
    return person


@transaction.atomic
def invite(person: User, *, by: User, now: datetime) -> Job:
    """Send the mail with which a person sets their password."""
    allow(denial_to_change_people(by))
    person = fresh(person)
    if not person.is_active or person.is_service:
        raise InvalidTransition(_("Only an active person is invited. %(person)s is not one.") % {"person": person})
    audit.record("portal.person_invited", person, by=by, now=now)
    return jobs.enqueue("portal.send_invitation", by=by, person_id=person.pk)


@transaction.atomic
def deactivate(person: User, *, reason: str, by: User, now: datetime) -> User:
    """Close the account: the person is signed out at once and holds no role. Refused while something hangs on them."""
    lock_administrators()
    person = fresh(person)
    allow(denial_to_deactivate(by, person))
    if not person.is_active:
        raise InvalidTransition(_("The account of %(person)s is closed already.") % {"person": person})
    if blockers := departures.blockers(person):
        raise InvalidTransition(" ".join(blockers))
    if Role.ADMIN in person.roles:
        keep_one_administrator(person)
    held = sorted(person.roles)
    person.is_active = False
    person.save(update_fields=["is_active"])
    person.groups.clear()
    settle(person, [])
    audit.record("portal.person_left", person, by=by, now=now, reason=reason, facts={"roles": held})
    return person


@transaction.atomic
def reactivate(person: User, *, reason: str, by: User, now: datetime) -> User:
    """Open a closed account again, without any role."""
    allow(denial_to_change_people(by))
    person = fresh(person)
    if person.is_active:
        raise InvalidTransition(_("The account of %(person)s is open already.") % {"person": person})
    person.is_active, person.leaves_on = True, None
    person.save(update_fields=["is_active", "leaves_on"])
    audit.record("portal.person_returned", person, by=by, now=now, reason=reason)
    return person


def services_kept(user: User) -> list[str]:
    """A service identity needs an active person behind it."""
    return [
        _("%(person)s answers for the service identity %(service)s. Choose another person for it first.")
        % {"person": user, "service": service}
        for service in user.services.filter(is_active=True).order_by("name")
    ]


departures.register(departures.Departure("portal", blockers=services_kept))
audit.register(
    portal__person_invited=audit.Verb(gettext_lazy("Invited"), "mail", "info"),
    portal__person_returned=audit.Verb(gettext_lazy("Account opened again"), "user-check", "ok"),
)
