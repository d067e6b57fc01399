"""May this person? None is yes; a text is the sentence that the person reads."""

from django.utils.translation import gettext_lazy as _

from portal.models import User
from portal.models.user import Role
from portal.permissions import Denial
from training.models import Attempt, Award, Enrolment


def denial_to_teach(user: User) -> Denial:
    """Courses, certifications, office hours and reports are kept by C4E staff."""
    if user.has_role(Role.STAFF):
        return None
    return _("Courses and badges are kept by C4E staff. Ask them to make this change.")


def denial_to_learn(user: User) -> Denial:
    if user.is_service:
        return _("A service identity does not learn. Sign in as yourself.")
    return None


def denial_to_act_in(user: User, enrolment: Enrolment) -> Denial:
    return None if enrolment.user_id == user.pk else _("This is somebody else's course. Begin it yourself.")


def denial_to_answer(user: User, attempt: Attempt) -> Denial:
    return None if attempt.user_id == user.pk else _("This is somebody else's attempt. Nobody answers for another.")


def denial_to_see_attempt(user: User, attempt: Attempt) -> Denial:
    if attempt.user_id == user.pk or user.has_role(Role.STAFF):
        return None
    return _("This is somebody else's attempt. Only they and C4E staff see it.")


def denial_to_see_award(user: User, award: Award) -> Denial:
    if award.user_id == user.pk or user.has_role(Role.STAFF, Role.AUDITOR):
        return None
    return _("This page is for the holder of the badge. Its public page says whether it is valid.")


def denial_to_keep_award(user: User, award: Award) -> Denial:
    """Suspend, withdraw and give back: staff, never for themselves."""
    if (denial := denial_to_teach(user)) is not None:
        return denial
    if award.user_id == user.pk:
        return _("Nobody decides about their own badge. Ask a colleague of the C4E staff.")
    return None
