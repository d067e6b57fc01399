"""May this person look at what the rules decided? None is yes; a text is the sentence they read."""

from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest
from approvals.permissions import denial_to_judge
from portal.models import User
from portal.models.user import Role
from portal.permissions import Denial

OVERSEERS = (Role.STAFF, Role.REVIEWER, Role.BOARD, Role.AUDITOR)


def denial_to_see_passes(user: User) -> Denial:
    if user.has_role(*OVERSEERS):
        return None
    return _("The fast lane is looked after by those who govern. Your own requests are among your approvals.")


def denial_to_audit(user: User, request: ApprovalRequest) -> Denial:
    """Reviewers and staff, but not on what is theirs."""
    if not user.has_role(Role.STAFF, Role.REVIEWER):
        return _("Only reviewers and C4E staff judge what the rules decided.")
    return denial_to_judge(user, request)
