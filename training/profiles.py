"""Badges on a person's page, where their holder shows them; staff see all."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.models import User
from portal.models.user import Role
from portal.profiles import Section, register
from training.models import Award
from training.states import AwardState


def badges(viewer: User, person: User) -> dict[str, Any] | None:
    held = Award.objects.filter(user=person).exclude(state=AwardState.REVOKED).with_names()
    if viewer.pk != person.pk and not viewer.has_role(Role.STAFF, Role.AUDITOR):
        held = held.filter(on_profile=True)
    now = timezone.now()
    rows = [(award, award.standing(now)) for award in held.order_by("-certification__level")]
    may_open = viewer.pk == person.pk or viewer.has_role(Role.STAFF, Role.AUDITOR)
    return {"rows": rows, "may_open": may_open} if rows else None


register(Section("badges", _("Badges"), "training/profiles/badges.html", badges, order=20))
