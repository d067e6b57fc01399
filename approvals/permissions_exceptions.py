"""May this person ask for an exception, or end one? None is yes; a text is the sentence they read."""

from django.utils.translation import gettext_lazy as _

from approvals.check_sources import Checked
from approvals.models import PolicyException
from portal.models import BusinessUnit, User
from portal.models.business_unit import BusinessUnitQuerySet
from portal.models.user import Role
from portal.permissions import Denial


def denial_to_ask_for_thing(user: User, thing: Checked) -> Denial:
    """Its owners, and C4E staff."""
    if user.has_role(Role.STAFF) or {thing.owner_id, thing.second_owner_id} & set(user.answers_for):
        return None
    return _("Only its owners and C4E staff ask for an exception. Tell one of them why it is needed.")


def units_to_ask_for(user: User) -> BusinessUnitQuerySet:
    """The units this person leads and those below, by name; all of them for C4E staff."""
    units = BusinessUnit.objects.order_by("name")
    if user.has_role(Role.STAFF):
        return units
    return units.below(*BusinessUnit.objects.led_by(user).values_list("pk", flat=True))


def denial_to_ask_for_unit(user: User, unit: BusinessUnit) -> Denial:
    return None if units_to_ask_for(user).filter(pk=unit.pk).exists() else denial_to_ask_for_units()


def denial_to_ask_for_units() -> Denial:
    return _("Only the lead of a business unit and C4E staff ask for an exception for all of it.")


def denial_to_close(user: User, row: PolicyException) -> Denial:
    if user.has_role(Role.STAFF) or {row.owner_id, row.asked_by_id} & set(user.answers_for):
        return None
    return _("Only the owner of an exception and C4E staff close it before its last day.")


def denial_to_renew(user: User, row: PolicyException) -> Denial:
    if denial_to_close(user, row) is None:
        return None
    return _("Only the owner of an exception and C4E staff ask for it to be renewed.")
