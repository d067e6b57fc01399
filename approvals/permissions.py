"""May this person decide, hand on or withdraw? None is yes; a text is the sentence they read."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from approvals.models import ApprovalRequest, Assignment, RequestStage
from approvals.registry import subject_for
from approvals.stage_rules import Who
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


def denial_to_take_part(user: User, request: ApprovalRequest) -> Denial:
    """Is this person one of those whom this request asks, or asked, at any stage?"""
    if (denial := denial_to_judge(user, request)) is not None:
        return denial
    if Assignment.objects.filter(stage__request=request, user=user).exists():
        return None
    return None if is_named(user, request.stages.filter(revision=request.revision)) else NOT_ASKED


def is_named(user: User, stages: Iterable[RequestStage]) -> bool:
    """Do these stages name a role or a group of this person? So it is with those who joined after the stage began."""
    groups = set(user.approver_groups.values_list("slug", flat=True))
    rules = [stage.stage_rules for stage in stages]
    return any(groups.intersection(one.values(Who.GROUP)) or user.roles & {*one.values(Who.ROLE)} for one in rules)


def denial_to_decide(user: User, request: ApprovalRequest) -> Denial:
    """At the stage that is open now."""
    if (denial := denial_to_judge(user, request)) is not None:
        return denial
    asked = Assignment.objects.filter(stage__request=request, stage__state=StageState.OPEN, user=user).first()
    if asked is None:
        return None if is_named(user, request.stages.filter(state=StageState.OPEN)) else NOT_ASKED
    return ANSWERED if asked.ended_at is not None else None


def denial_to_override(user: User, request: ApprovalRequest) -> Denial:
    if (denial := denial_to_judge(user, request)) is not None:
        return denial
    return None if user.has_role(Role.STAFF) else _("Only C4E staff decide instead of those who are asked.")


def denial_to_hand_on(user: User, request: ApprovalRequest) -> Denial:
    """Whoever is asked hands it on; staff hand on what waits for nobody."""
    if denial_to_decide(user, request) is None or denial_to_override(user, request) is None:
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
