"""Keeping a template: who answers for it, featuring it, taking it or one version out of the marketplace."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.actions.marketplace.publications import show_newest
from catalog.actions.marketplace.version_moves import lock, move
from catalog.models import AppTemplate, TemplateVersion
from catalog.permissions_marketplace import denial_to_keep_template
from catalog.template_states import VersionState
from portal import audit
from portal.models import BusinessUnit, User
from portal.permissions import allow, denial_to_use_console
from portal.states import InvalidTransition


def lock_template(template: AppTemplate) -> AppTemplate:
    return AppTemplate.objects.select_for_update(of=("self",)).select_related("owner", "team").get(pk=template.pk)


@transaction.atomic
def edit(template: AppTemplate, *, owner: User, team: BusinessUnit | None, by: User, now: datetime) -> AppTemplate:
    """Who answers for it. What it is stands in its versions."""
    template = lock_template(template)
    allow(denial_to_keep_template(by, template))
    before = {"owner": template.owner.email, "team": template.team.code if template.team else None}
    template.owner, template.team, template.updated_at = owner, team, now
    changes = audit.changes_between(before, {"owner": owner.email, "team": team.code if team else None})
    if changes:
        template.save(update_fields=["owner", "team", "updated_at"])
        audit.record("catalog.template_changed", template, by=by, now=now, changes=changes)
    return template


@transaction.atomic
def feature(template: AppTemplate, *, featured: bool, by: User, now: datetime) -> AppTemplate:
    allow(denial_to_use_console(by))
    template = lock_template(template)
    if bool(template.featured_at) != featured:
        template.featured_at = now if featured else None
        template.save(update_fields=["featured_at"])
        verb = "catalog.template_featured" if featured else "catalog.template_unfeatured"
        audit.record(verb, template, by=by, now=now)
    return template


@transaction.atomic
def deprecate(
    template: AppTemplate, *, reason: str, successor: AppTemplate | None, by: User, now: datetime
) -> AppTemplate:
    """No new clones; those that are there go on and still follow its versions. `successor` is what to take instead."""
    template = lock_template(template)
    allow(denial_to_keep_template(by, template))
    if template.is_deprecated:
        raise InvalidTransition(_("%(template)s is deprecated already.") % {"template": template})
    if successor is not None and (
        successor.pk == template.pk or successor.is_deprecated or successor.latest_id is None
    ):
        raise InvalidTransition(_("Take a template as successor that people can clone."))
    template.deprecated_at, template.deprecated_by = now, by
    template.deprecation_reason, template.successor = reason[:300], successor
    template.featured_at = None
    template.save(update_fields=["deprecated_at", "deprecated_by", "deprecation_reason", "successor", "featured_at"])
    facts: dict[str, Any] = {"successor": successor.slug if successor else None}
    audit.record("catalog.template_deprecated", template, by=by, now=now, reason=reason, facts=facts)
    return template


@transaction.atomic
def revive(template: AppTemplate, *, by: User, now: datetime) -> AppTemplate:
    """Offer it again."""
    template = lock_template(template)
    allow(denial_to_keep_template(by, template))
    if not template.is_deprecated:
        raise InvalidTransition(_("%(template)s is offered already.") % {"template": template})
    template.deprecated_at, template.deprecated_by, template.deprecation_reason, template.successor = (
        None,
        None,
        "",
        None,
    )
    template.save(update_fields=["deprecated_at", "deprecated_by", "deprecation_reason", "successor"])
    audit.record("catalog.template_revived", template, by=by, now=now)
    return template


@transaction.atomic
def deprecate_version(version: TemplateVersion, *, reason: str, by: User, now: datetime) -> TemplateVersion:
    """Take one version out: nobody clones it or is upgraded to it any more. It stays, because clones stand on it."""
    version = lock(version)
    allow(denial_to_keep_template(by, version.template))
    verb = "catalog.template_version_deprecated"
    version.deprecated_by, version.deprecation_reason = by, reason[:300]
    version = move(version, VersionState.DEPRECATED, by=by, now=now, verb=verb, reason=reason)
    version.save(update_fields=["deprecated_by", "deprecation_reason"])
    show_newest(version.template, now=now)
    return version


@transaction.atomic
def discard_version(version: TemplateVersion, *, by: User, now: datetime) -> TemplateVersion:
    """Give up a version that was never published; its number is free again."""
    version = lock(version)
    allow(denial_to_keep_template(by, version.template))
    return move(version, VersionState.DISCARDED, by=by, now=now, verb="catalog.template_version_discarded")
