"""Who is told that a template has a new version, and what campaigns ask."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.models import Campaign, Clone, TemplateVersion
from portal.models import Notification, User
from portal.notifications import Kind, about, register

NEWER, FIX, CAMPAIGN = "template_newer", "template_fix", "template_campaign"
ASKS = (FIX, CAMPAIGN)


def owners(clone: Clone) -> Iterable[User]:
    return (clone.app.owner, clone.app.second_owner)


def of_version(clone: Clone, version: TemplateVersion, behind: int, fixes: int, *, now: datetime) -> list[Notification]:
    """Both owners; a security fix asks, everything else only tells."""
    kind = FIX if fixes else NEWER
    params = {
        "app": clone.app.name,
        "template": clone.template.name,
        "version": version.number,
        "behind": behind,
        "notes": version.notes[:300],
    }
    return [row(person, kind, clone, f"{kind}:{clone.pk}:{version.pk}", params, now=now) for person in owners(clone)]


def of_campaign(clone: Clone, campaign: Campaign, step: str, *, now: datetime) -> list[Notification]:
    params = {
        "app": clone.app.name,
        "template": clone.template.name,
        "version": campaign.target.number,
        "reason": campaign.reason,
        "due_on": campaign.due_on.isoformat(),
    }
    key = f"{CAMPAIGN}:{campaign.pk}:{clone.pk}:{step}"
    return [row(person, CAMPAIGN, clone, key, params, now=now) for person in owners(clone)]


def row(person: User, kind: str, clone: Clone, key: str, params: dict[str, Any], *, now: datetime) -> Notification:
    url = reverse("catalog:upgrade_create", args=[clone.app.slug])
    asks = kind in ASKS
    return Notification(
        user=person, kind=kind, key=key, url=url, params=params, asks=asks, created_at=now, **about(clone)
    )


register(
    NEWER,
    Kind(
        label=_("A template of your app has a new version"),
        title=_("%(app)s can move to %(template)s %(version)s"),
        body=_("It is %(behind)s versions behind. %(notes)s"),
        because=_("You own an app made from this template."),
        action=_("See what would change"),
        icon="git-branch",
        can_mute=True,
    ),
)
register(
    FIX,
    Kind(
        label=_("A security fix for your app is out"),
        title=_("%(app)s: %(behind)s versions behind, security fix"),
        body=_("%(template)s %(version)s fixes a security problem. %(notes)s"),
        because=_("You own an app made from this template."),
        action=_("See what would change"),
        icon="shield-alert",
    ),
)
register(
    CAMPAIGN,
    Kind(
        label=_("Your app is asked to upgrade by a day"),
        title=_("Upgrade %(app)s to %(template)s %(version)s by %(due_on)s"),
        body=_("%(reason)s"),
        because=_("You own an app made from this template, and it is behind."),
        action=_("See what would change"),
        icon="shield-alert",
    ),
)
