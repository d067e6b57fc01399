"""May this person decide or withdraw? None is yes; a text is the sentence they read."""

from django.utils.translation import gettext_lazy as _

from approvals.models import ApprovalRequest
from approvals.registry import subject_for
from portal.models import User
from portal.models.user import Role
from portal.permissions import Denial

OWN = _("This is your own request. Somebody else decides it, so that two people have looked.")
PARTY = _("You have a part in this yourself. Somebody else decides it, so that two people have looked.")
REVIEWERS_ONLY = _("Only reviewers and C4E staff decide requests. You see what was asked and what was answered.")
REQUESTERS_ONLY = _("Only the person who asked, and C4E staff, may withdraw this request.")


def asked_by(user: User, request: ApprovalRequest) -> bool:
    """Did this person ask, themselves or through a service identity they stand behind?"""
    return user.pk in (request.requested_by_id, request.requested_by.steward_id)


def denial_to_decide(user: User, request: ApprovalRequest) -> Denial:
    if asked_by(user, request):
        return OWN
    if not user.has_role(Role.STAFF, Role.REVIEWER):
        return REVIEWERS_ONLY
    return PARTY if user.pk in subject_for(request.kind).parties(request) else None


def deciders(request: ApprovalRequest) -> list[User]:
    """Everyone who may decide this request, in one query for the people and one for the subject."""
    people = User.objects.people().filter(groups__name__in=[Role.REVIEWER, Role.STAFF]).distinct()
    parties = subject_for(request.kind).parties(request)
    return [user for user in people if user.pk not in parties and not asked_by(user, request)]


def denial_to_withdraw(user: User, request: ApprovalRequest) -> Denial:
    return None if asked_by(user, request) or user.has_role(Role.STAFF) else REQUESTERS_ONLY
