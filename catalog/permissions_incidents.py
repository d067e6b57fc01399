"""May this person do this to that incident? None is yes; a text is the sentence they read."""

from django.utils.translation import gettext_lazy as _

from catalog.models import Incident
from portal.models import User
from portal.models.user import Role
from portal.permissions import Denial


def owns_a_touched_app(user: User, incident: Incident) -> bool:
    return any(app.is_owned_by(user) for app in incident.apps.all())


def denial_to_report_incident(user: User) -> Denial:
    return _("A service identity reports nothing. The person behind it does.") if user.is_service else None


def denial_to_work_on_incident(user: User, incident: Incident) -> Denial:
    """Notes, and saying that it is put right."""
    if (
        user.has_role(Role.STAFF, Role.REVIEWER)
        or user.pk == incident.reported_by_id
        or owns_a_touched_app(user, incident)
    ):
        return None
    return _("Those who reported it, owners of the apps it touches, reviewers and C4E staff work on an incident.")


def denial_to_decide_cause(user: User, incident: Incident) -> Denial:
    """Whoever owns an app it touches does not judge it."""
    if not user.has_role(Role.STAFF, Role.REVIEWER):
        return _("The cause is decided by a reviewer or by C4E staff. Write what you know as a note.")
    if owns_a_touched_app(user, incident):
        return _("You own an app that it touches. Let another reviewer decide on the cause.")
    return None
