"""The one place that writes `TemplateVersion.state`."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.models import AppTemplate, TemplateVersion
from catalog.template_states import TRANSITIONS, VersionState
from portal import audit
from portal.models import User
from portal.states import check

STAMPS = {
    VersionState.CHECKED: "checked_at",
    VersionState.PUBLISHED: "published_at",
    VersionState.DEPRECATED: "deprecated_at",
}


def lock(version: TemplateVersion) -> TemplateVersion:
    """The version as it is now, locked with its template until the transaction ends."""
    AppTemplate.objects.select_for_update().filter(versions=version.pk).order_by("pk").first()
    return TemplateVersion.objects.select_for_update(of=("self",)).select_related("template__owner").get(pk=version.pk)


def move(
    version: TemplateVersion, to: VersionState, *, by: User | None, now: datetime, verb: str, **details: Any
) -> TemplateVersion:
    """Move a locked version, with its audit entry. Raises InvalidTransition with a sentence."""
    said = {"version": str(version), "state": version.get_state_display().lower()}
    refusal = gettext("%(version)s is %(state)s by now, so this is no longer possible. Look at its page.") % said
    check(TRANSITIONS, VersionState(version.state), to, refusal=refusal)
    before, version.state = version.state, to
    fields = ["state"]
    if (stamp := STAMPS.get(to)) and (to != VersionState.CHECKED or before == VersionState.DRAFT):
        setattr(version, stamp, now)
        fields.append(stamp)
    version.save(update_fields=fields)
    facts = {"version": version.number, "from": before, "to": to.value, **details.pop("facts", {})}
    audit.record(verb, version.template, by=by, now=now, facts=facts, **details)
    return version


audit.register(
    catalog__template_brought=audit.Verb(_("Brought to the portal"), "plus"),
    catalog__template_changed=audit.Verb(_("Changed"), "pencil"),
    catalog__template_featured=audit.Verb(_("Featured"), "star", "ok"),
    catalog__template_unfeatured=audit.Verb(_("No longer featured"), "star", "mute"),
    catalog__template_deprecated=audit.Verb(_("Deprecated"), "circle-pause", "warn"),
    catalog__template_revived=audit.Verb(_("Offered again"), "undo-2", "info"),
    catalog__template_version_brought=audit.Verb(_("Version brought"), "plus"),
    catalog__template_version_checked=audit.Verb(_("Version checked"), "circle-check", "info"),
    catalog__template_version_failed=audit.Verb(_("Check found problems"), "circle-alert", "warn"),
    catalog__template_version_submitted=audit.Verb(_("Version sent for review"), "inbox", "info"),
    catalog__template_version_sent_back=audit.Verb(_("Version sent back"), "undo-2", "warn"),
    catalog__template_version_published=audit.Verb(_("Version published"), "circle-check", "ok"),
    catalog__template_version_deprecated=audit.Verb(_("Version deprecated"), "circle-pause", "warn"),
    catalog__template_version_discarded=audit.Verb(_("Version discarded"), "trash-2"),
    catalog__template_shipped=audit.Verb(_("Shipped with the product"), "circle-check", "ok"),
)
audit.register_page("catalog.apptemplate", "catalog:template_by_id")
