"""Saying what a template is worth, once a person; changed at will."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from catalog.models import AppTemplate, Clone, Rating
from catalog.permissions_marketplace import denial_to_rate
from portal import audit
from portal.models import User
from portal.permissions import allow


@transaction.atomic
def rate(template: AppTemplate, *, stars: int, reason: str, by: User, now: datetime) -> Rating:
    """The version that was cloned last stands beside the stars. Rating again changes the first one."""
    allow(denial_to_rate(by, template))
    clone = Clone.objects.filter(template=template).of_people(by.answers_for).order_by("-created_at").first()
    assert clone is not None
    values = {"stars": stars, "reason": reason.strip(), "version": clone.version, "at": now}
    rating, _made = Rating.objects.update_or_create(template=template, by=by, defaults=values)
    audit.record("catalog.template_rated", template, by=by, now=now, facts={"stars": stars})
    return rating


@transaction.atomic
def unrate(template: AppTemplate, *, by: User, now: datetime) -> None:
    """Take one's own rating back; nothing when there is none."""
    deleted, _rows = Rating.objects.filter(template=template, by=by).delete()
    if deleted:
        audit.record("catalog.template_unrated", template, by=by, now=now)


audit.register(
    catalog__template_rated=audit.Verb(_("Rated"), "star"),
    catalog__template_unrated=audit.Verb(_("Rating taken back"), "star"),
)
