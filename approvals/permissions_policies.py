"""May this person keep policies, or see drafts of them? None is yes; a text is the sentence they read."""

from django.utils.translation import gettext_lazy as _

from approvals.models import PolicyVersion
from portal.models import User
from portal.models.user import Role
from portal.permissions import Denial


def denial_to_keep_policies(user: User) -> Denial:
    if user.has_role(Role.STAFF):
        return None
    return _("Policies are kept by C4E staff. You see what they ask, and can ask staff for a change.")


def denial_to_read_drafts(user: User) -> Denial:
    if user.has_role(Role.STAFF, Role.REVIEWER, Role.BOARD, Role.AUDITOR):
        return None
    return _("A version that is not in force is for those who govern. Look at the version in force.")


def denial_to_activate(user: User, version: PolicyVersion) -> Denial:
    """Two people: whoever wrote or proposed a version does not put it in force."""
    if (denial := denial_to_keep_policies(user)) is not None:
        return denial
    if user.pk in (version.proposed_by_id, version.written_by_id):
        return _("You wrote or proposed this version. Somebody else puts it in force, so that two people have looked.")
    return None
