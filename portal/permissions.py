"""May this person? Each rule answers None for yes, or the sentence that the person reads."""

from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.models import Job, User
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


def denial_to_see_board(user: User, unit: int | None, *, led: Collection[int]) -> Denial:
    """The board, staff, reviewers and auditors see everything; who leads a unit sees it and all below it (`led`)."""
    if user.has_role(Role.BOARD, Role.STAFF, Role.REVIEWER, Role.AUDITOR) or unit in led:
        return None
    if led:
        return _("You see the figures of the units you lead. Choose one of them.")
    return _(
        "The board is for the governance board, reviewers, C4E staff and leads of business units. Ask the C4E for a role."
    )


def denial_to_keep_figures(user: User) -> Denial:
    """Setting targets, correcting and back-filling readings."""
    if user.has_role(Role.BOARD, Role.STAFF):
        return None
    return _("Targets and readings are kept by the board and C4E staff. Ask them to make this change.")


PREFERENCES = frozenset({"time_zone", "working_days", "single_key_shortcuts", "muted_kinds"})


def denial_to_change_person(user: User, person: User, fields: Iterable[str]) -> Denial:
    """Everyone sets their own preferences; the rest is kept by staff."""
    if user.pk == person.pk and PREFERENCES.issuperset(fields):
        return None
    return denial_to_change_people(user)


def denial_to_give_roles(user: User) -> Denial:
    if user.has_role(Role.ADMIN):
        return None
    return _("Only an administrator gives or takes roles.")


def denial_to_change_roles(user: User, person: User, given: Collection[Role], taken: Collection[Role]) -> Denial:
    """May `user` give `person` these roles and take those? Nobody takes their own administrator role."""
    if (denial := denial_to_give_roles(user)) is not None:
        return denial
    if given and person.is_service:
        return _("A service identity holds no role. Give the role to the person behind it.")
    if given and not person.is_active:
        return _("This account is closed. Open it again before giving it a role.")
    if user.pk == person.pk and Role.ADMIN in taken:
        return _("You cannot take the administrator role from yourself. Ask another administrator.")
    return None


def denial_to_deactivate(user: User, person: User) -> Denial:
    """May `user` close the account of `person`?"""
    if (denial := denial_to_change_people(user)) is not None:
        return denial
    if user.pk == person.pk:
        return _("You cannot close your own account. Ask a colleague of the C4E staff.")
    if person.has_role(Role.ADMIN) and not user.has_role(Role.ADMIN):
        return _("Only an administrator closes the account of an administrator.")
    return None


def denial_to_end_absence(user: User, person: User) -> Denial:
    """May `user` end an absence of `person`?"""
    if user.pk == person.pk or user.has_role(Role.STAFF):
        return None
    return _("Only this person and C4E staff end this absence.")


def denial_to_see_job(user: User, job: Job) -> Denial:
    if job.by_id == user.pk or user.has_role(Role.STAFF):
        return None
    return _("This is somebody else's job. Only they and C4E staff see it.")
