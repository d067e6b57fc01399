"""May this person decide, hand on or withdraw? None is yes; a text is the sentence they read."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.approvers import seats_of
from approvals.models import ApprovalRequest, Assignment
from approvals.registry import subject_for
from approvals.states import StageState
from portal.models import User
from portal.models.user import Role
from portal.permissions import Denial

OWN = gettext_lazy("This is your own request. Somebody else decides it, so that two people have looked.")
PARTY = gettext_lazy("You have a part in this yourself. Somebody else decides it, so that two people have looked.")
NOT_ASKED = gettext_lazy("You are not one of those who decide this. You see what was asked and what was answered.")
ANSWERED = gettext_lazy("You have answered this stage, or handed it to a colleague. Others are still to answer.")
REQUESTERS_ONLY = gettext_lazy("Only the person who asked, and C4E staff, may withdraw this request.")


def asked_by(user: User, request: ApprovalRequest) -> bool:
    """Did this person ask, themselves or through a service identity they stand behind?"""
    return user.pk in (request.requested_by_id, request.requested_by.steward_id)


def denial_to_judge(user: User, request: ApprovalRequest) -> Denial:
    """Nobody decides on what is theirs: not themselves, not for a service, and not in the place of another."""
    if asked_by(user, request):
        return OWN
    return PARTY if user.pk in subject_for(request.kind).parties(request) else None


def denial_to_take_part(user: User, request: ApprovalRequest, *, now: datetime) -> Denial:
    """Is this person one of those whom this request asks, or asked, at any stage?"""
    if (denial := denial_to_judge(user, request)) is not None:
        return denial
    if Assignment.objects.filter(stage__request=request, user=user).exists():
        return None
    return denial_to_decide(user, request, now=now)


def denial_to_decide(user: User, request: ApprovalRequest, *, now: datetime) -> Denial:
    """At the stage that is open now: whoever has a seat there and has not answered, or would be given one by now, because
    they got the role or joined the group after it began."""
    if (denial := denial_to_judge(user, request)) is not None:
        return denial
    stage = request.stages.filter(state=StageState.OPEN).first()
    if stage is None:
        return NOT_ASKED
    asked = stage.assignments.filter(user=user).first()
    if asked is not None:
        return ANSWERED if asked.ended_at is not None else None
    return None if user.pk in {seat.user for seat in seats_of(stage.stage_rules, request, now=now)} else NOT_ASKED


def denial_to_override(user: User, request: ApprovalRequest) -> Denial:
    if (denial := denial_to_judge(user, request)) is not None:
        return denial
    return None if user.has_role(Role.STAFF) else _("Only C4E staff decide instead of those who are asked.")


def denial_to_hand_on(user: User, request: ApprovalRequest, *, now: datetime) -> Denial:
    """Whoever is asked hands it on; staff hand on what waits for nobody."""
    if denial_to_decide(user, request, now=now) is None or denial_to_override(user, request) is None:
        return None
    return _("Only somebody who is asked, and C4E staff, hand this to a colleague.")


def denial_to_be_asked(person: User, request: ApprovalRequest) -> Denial:
    """May it be handed to this person?"""
    if denial_to_judge(person, request) is not None:
        return _("%(person)s has a part in this, so somebody else decides it. Choose another colleague.") % {
            "person": person
        }
    if Assignment.objects.filter(stage__request=request, stage__state=StageState.OPEN, user=person).exists():
        return _("%(person)s is asked already. Choose another colleague.") % {"person": person}
    return None


def denial_to_withdraw(user: User, request: ApprovalRequest) -> Denial:
    return None if asked_by(user, request) or user.has_role(Role.STAFF) else REQUESTERS_ONLY
