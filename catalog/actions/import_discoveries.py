"""Imported rows that lack something: kept as discoveries, with their gaps, until somebody adopts or retires them."""

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Discovery
from catalog.models.discovery import DiscoveryState
from catalog.models.import_run import Outcome
from portal import audit, notifications
from portal.models import AuditEvent

if TYPE_CHECKING:
    from catalog.actions.import_batches import Case, Setting

CONTENT = ("name", "summary", "owner_id", "owner_hint", "business_unit_id", "known", "gaps", "raw")
COLUMNS = ("name", "summary", "owner", "owner_hint", "business_unit", "known", "gaps", "raw", "last_seen_at")


def locked(source: str, numbers: list[str]) -> dict[str, Discovery]:
    """The discoveries of these numbers, locked in one order."""
    rows = Discovery.objects.filter(source_system=source, external_id__in=[n for n in numbers if n])
    return {row.external_id: row for row in rows.order_by("pk").select_for_update(of=("self",))}


@dataclass
class Writing:
    """What a batch writes about discoveries, all at once at its end."""

    setting: "Setting"
    new: list[Discovery] = field(default_factory=list)
    changed: list[Discovery] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)
    settled: list[Discovery] = field(default_factory=list)
    stories: list[tuple[str, Discovery, dict[str, Any]]] = field(default_factory=list)

    def write(self) -> None:
        Discovery.objects.bulk_create(self.new)
        if self.changed:
            Discovery.objects.bulk_update(self.changed, COLUMNS)
        if self.settled:
            Discovery.objects.bulk_update(self.settled, ["state", "adopted_as", "settled_at", "settled_by"])
        Discovery.objects.filter(pk__in=self.seen).update(last_seen_at=self.setting.now)
        audit.record_many(self.event(*story) for story in self.stories)
        for discovery in self.settled:
            notifications.close(discovery, kinds=["discovery_contact"], now=self.setting.now)

    def event(self, verb: str, discovery: Discovery, facts: dict[str, Any]) -> AuditEvent:
        merged = {**self.setting.facts, **facts}
        return audit.event(verb, discovery, by=self.setting.by, now=self.setting.now, facts=merged)


def content(case: "Case") -> dict[str, Any]:
    """The columns of a discovery that come from its row."""
    resolved = case.resolved
    owner, unit = resolved.values.get("owner"), resolved.values.get("business_unit")
    known = {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in resolved.known.items()}
    text = resolved.told.get("purpose") or resolved.texts.get("purpose") or resolved.told.get("justification") or ""
    hint = resolved.texts.get("owner") or resolved.told.get("owner") or ""
    return {
        "name": case.found.name,
        "summary": textwrap.shorten(text, 300, placeholder=" …"),
        "owner_id": owner.pk if owner else None,
        "owner_hint": hint[:200],
        "business_unit_id": unit.pk if unit else None,
        "known": known,
        "gaps": resolved.gaps,
        "raw": case.found.raw,
    }


def keep(case: "Case", writing: Writing, gaps: str) -> None:
    """Keep an incomplete row as a discovery, new or known."""
    values, now, facts = content(case), writing.setting.now, {"row": case.found.number}
    found = case.discovery
    if found is None:
        run = writing.setting.run
        case.discovery = Discovery(
            source_system=run.source_system,
            external_id=case.found.external_id,
            first_seen_at=now,
            last_seen_at=now,
            **values,
        )
        case.made = True
        writing.new.append(case.discovery)
        writing.stories.append(("catalog.discovery_found", case.discovery, {**facts, "gaps": values["gaps"]}))
        case.end(Outcome.DISCOVERY, gaps)
    elif {key: getattr(found, key) for key in CONTENT} == values:
        writing.seen.append(found.pk)
        case.end(Outcome.UNCHANGED, _("Already a discovery. %(gaps)s") % {"gaps": gaps})
    else:
        for key, value in values.items():
            setattr(found, key, value)
        found.last_seen_at = now
        writing.changed.append(found)
        writing.stories.append(("catalog.discovery_changed", found, {**facts, "gaps": values["gaps"]}))
        case.end(Outcome.DISCOVERY, _("Known, and changed in its source. %(gaps)s") % {"gaps": gaps})


def leave_retired(case: "Case", writing: Writing) -> None:
    """Somebody settled this one for good; the file does not bring it back."""
    assert case.discovery is not None
    writing.seen.append(case.discovery.pk)
    case.end(
        Outcome.UNCHANGED,
        _("Retired as a discovery (%(reason)s). Reopen it there if it is needed.")
        % {"reason": case.discovery.reason[:300]},
    )


def adopt(cases: list["Case"], writing: Writing) -> None:
    """Discoveries whose row is complete by now are the apps just made of them."""
    for case in cases:
        if not (case.made and case.app is not None and case.discovery is not None):
            continue
        found = case.discovery
        found.state, found.adopted_as = DiscoveryState.ADOPTED, case.app
        found.settled_at, found.settled_by = writing.setting.now, writing.setting.by
        writing.settled.append(found)
        writing.stories.append(("catalog.discovery_adopted", found, {"row": case.found.number, "app": case.app.slug}))
        case.end(Outcome.CREATED, _("%(before)s It was a discovery before.") % {"before": case.sentence})


audit.register(
    catalog__discovery_found=audit.Verb(gettext_lazy("Found by an import"), "radar", "info"),
    catalog__discovery_changed=audit.Verb(gettext_lazy("Changed in its source"), "radar"),
    catalog__discovery_adopted=audit.Verb(gettext_lazy("Adopted"), "circle-check", "ok"),
    catalog__discovery_contacted=audit.Verb(gettext_lazy("Owner contacted"), "mail", "info"),
    catalog__discovery_retired=audit.Verb(gettext_lazy("Retired"), "circle-pause", "mute"),
    catalog__discovery_reopened=audit.Verb(gettext_lazy("Reopened"), "undo-2", "info"),
)
