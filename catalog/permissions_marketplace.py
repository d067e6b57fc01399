"""May this person do this with a template, a clone or its repository?"""

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.badge_gate import badge_of
from catalog.models import AppTemplate, Clone, MicroApp
from catalog.permissions import OWNING, hands_of
from catalog.rules import RuleBook
from portal.models import User
from portal.models.user import Role
from portal.permissions import Denial
from training import gates

KEEPERS_ONLY = _("Only who keeps this template and C4E staff may do this. Ask the owner named on its page.")
OWNERS_ONLY = _("Only the app's owners and C4E staff may do this. Ask the owner named on its page.")


def publish_level() -> int:
    return RuleBook.of_the_house().value("publish_level")


def denial_to_bring_template(user: User, *, now: datetime) -> Denial:
    """Staff, and whoever holds the badge that publishing asks for."""
    if user.has_role(Role.STAFF):
        return None
    level = publish_level()
    if gates.open_to(user, level, now=now):
        return None
    badge = badge_of(level)
    if badge is None:
        return _("Templates are brought by C4E staff. Ask them to publish yours.")
    return gettext("Bringing a template asks for the badge %(badge)s. Earn it at %(page)s, or ask the C4E.") % {
        "badge": badge.title,
        "page": badge.get_absolute_url(),
    }


def denial_to_keep_template(user: User, template: AppTemplate) -> Denial:
    """Changing it, bringing versions, asking for review, and taking versions back."""
    if user.has_role(Role.STAFF) or template.owner_id in user.answers_for:
        return None
    return KEEPERS_ONLY


def denial_to_clone(user: User, template: AppTemplate, *, now: datetime) -> Denial:
    if template.is_deprecated:
        if template.successor:
            return gettext("This template is deprecated. Take %(template)s instead.") % {
                "template": template.successor.name
            }
        return _("This template is deprecated: %(why)s") % {"why": template.deprecation_reason}
    if template.latest_id is None:
        return _("No version of this template is published yet.")
    if gates.open_to(user, template.badge_level, now=now):
        return None
    badge = badge_of(template.badge_level)
    if badge is None:
        return gettext("This template asks for the level %(level)s, which nobody can earn yet.") % {
            "level": template.get_badge_level_display()
        }
    return gettext("This template asks for the badge %(badge)s. Earn it at %(page)s, then come back.") % {
        "badge": badge.title,
        "page": badge.get_absolute_url(),
    }


def denial_to_rate(user: User, template: AppTemplate) -> Denial:
    """Who has cloned it knows what it is worth."""
    if template.owner_id == user.pk or template.author_id == user.pk:
        return _("Nobody rates their own template.")
    if Clone.objects.filter(template=template).of_people(user.answers_for).exists():
        return None
    return _("Clone the template first. Then you can say how it went.")


def denial_to_use_repository(user: User, app: MicroApp) -> Denial:
    """Reading and changing the source: for its owners and staff."""
    return None if hands_of(user, app) & OWNING else OWNERS_ONLY


def denial_to_answer_wish(user: User) -> Denial:
    return None if user.has_role(Role.STAFF) else _("Wishes are answered by C4E staff.")
