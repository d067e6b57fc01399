"""May this person? Each rule answers None for yes, or the sentence that the person reads."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.models import User
from portal.models.user import Role

Denial = str | Promise | None


def allow(denial: Denial) -> None:
    """Go on, or raise PermissionDenied with the sentence; the 403 page shows it."""
    if denial is not None:
        raise PermissionDenied(str(denial))


def denial_to_use_console(user: User) -> Denial:
    if user.has_role(Role.STAFF):
        return None
    return _("This page is for C4E staff. Ask an administrator for the staff role if you need it.")


def denial_to_read_audit(user: User) -> Denial:
    if user.has_role(Role.AUDITOR, Role.STAFF):
        return None
    return _("The audit log is for auditors and C4E staff. Ask an administrator for the auditor role if you need it.")


def denial_to_change_people(user: User) -> Denial:
    if user.has_role(Role.STAFF):
        return None
    return _("People and roles are kept by C4E staff. Ask them to make this change.")


def denial_to_give_roles(user: User) -> Denial:
    if user.has_role(Role.ADMIN):
        return None
    return _("Only an administrator gives or takes roles.")
