"""Giving and taking roles. Only what changes is said, so that two people at work at once do not undo each other."""

from collections.abc import Collection
from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit
from portal.models import User
from portal.models.user import Role
from portal.permissions import allow, denial_to_change_roles
from portal.states import InvalidTransition

OPENS_RECORDS = (Role.STAFF, Role.ADMIN)


def lock_administrators() -> None:
    """Until the transaction ends nobody else changes who is an administrator: the last one is never lost in a race."""
    Group.objects.select_for_update().get_or_create(name=Role.ADMIN.value)


def fresh(person: User) -> User:
    """The person as they are now, locked until the transaction ends."""
    return User.objects.select_for_update(of=("self",)).get(pk=person.pk)


@transaction.atomic
def change_roles(
    person: User, *, give: Collection[Role] = (), take: Collection[Role] = (), by: User, now: datetime
) -> User:
    """Give and take roles; what the person already has, or no longer has, is left alone.

    Role staff or administrator opens the records pages; an administrator is Django's superuser there."""
    if Role.ADMIN in (*give, *take):
        lock_administrators()
    person = fresh(person)
    given = [role for role in Role if role in give and role not in person.roles]
    taken = [role for role in Role if role in take and role in person.roles]
    allow(denial_to_change_roles(by, person, given, taken))
    if Role.ADMIN in taken:
        keep_one_administrator(person)
    person.groups.add(*(Group.objects.get_or_create(name=role.value)[0] for role in given))
    person.groups.remove(*Group.objects.filter(name__in=taken))
    settle(person, (person.roles | set(given)) - set(taken))
    for role in given:
        audit.record("portal.role_given", person, by=by, now=now, facts={"role": role.value})
    for role in taken:
        audit.record("portal.role_taken", person, by=by, now=now, facts={"role": role.value})
    return person


def keep_one_administrator(person: User) -> None:
    """Refuse when nobody else is an administrator. Call it with the administrators locked."""
    if not User.objects.administrators().exclude(pk=person.pk).exists():
        raise InvalidTransition(
            _("%(person)s is the last administrator. Give somebody else the role first.") % {"person": person}
        )


def settle(person: User, roles: Collection[str]) -> None:
    """Write what follows from the roles a person holds now."""
    person._roles = frozenset(str(role) for role in roles)
    person.is_staff = any(role in roles for role in OPENS_RECORDS)
    person.is_superuser = Role.ADMIN in roles
    person.save(update_fields=["is_staff", "is_superuser"])
